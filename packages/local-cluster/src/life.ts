import { Clock } from './api/clock';
import { ClusterApi } from './api/clusterApi';

export type Log = (message: string) => void;

/** What gives the objects of the cluster their life works on this. */
export interface LifeOptions {
  api: ClusterApi;
  clock: Clock;
  log: Log;
  /** Whether controllers and the kubelet run. */
  life: boolean;
  /** Whether pods serve HTTP behind a gateway. */
  dataPlane: boolean | { gatewayPort?: number };
}

export interface Life {
  gatewayUrl?: string;
  prometheusUrl?: string;
  stop(): Promise<void>;
}

/** Starts controllers, kubelet and data plane. */
export async function startLife(_options: LifeOptions): Promise<Life> {
  return { async stop() {} };
}
