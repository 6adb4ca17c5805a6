/** What all routers of a rollout say together. */
export interface TrafficNow {
  /** The canary's greatest share, out of the maximum. */
  weight: number;
  canaryHash?: string;
  stableHash?: string;
  additional: string[];
}
