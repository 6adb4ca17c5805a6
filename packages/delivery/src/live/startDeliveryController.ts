import type { KubeConfig } from '@kubernetes/client-node';
import { collectDefaultMetrics } from 'prom-client';
import {
  KubeClient,
  systemClock,
  type Clock,
} from '@progressive-delivery/kube';
import type { EgressPolicy } from '../providers/egress/httpEgress';
import type { MetricProvider } from '../providers/provider';
import { PlanMemory } from '../rollout/memory/planMemory';
import { planRollout } from '../rollout/planRollout';
import type { StepPlugin } from '../stepPlugins/stepPlugin';
import { TRAFFIC_ROUTERS } from '../traffic/registry';
import type { HoldSource } from './holds/holdSource';
import type { TrafficRouter } from '../traffic/router';
import { DeliveryLoop } from './deliveryLoop';
import type { JobPlace } from './jobClient';
import { silentLogger, type DeliveryLogger } from './logger';
import { startMetricsServer } from './metricsServer';
import { Permission, type LeaderElectionOptions } from './permission';

export interface DeliveryControllerOptions {
  /** One of the two. A client that is given is not closed at the end. */
  client?: KubeClient;
  kubeConfig?: KubeConfig;
  /** All namespaces when left out. */
  namespace?: string;
  /**
   * Act on objects with this `controller-instance-id` label; when left out, on
   * those without the label.
   */
  instanceId?: string;
  clock?: Clock;
  /** Where metrics may be read from. */
  egress?: EgressPolicy;
  /**
   * Metric providers beside those that come with the controller. One whose
   * name has a slash is a plugin: `provider.plugin.<name>`.
   */
  providers?: MetricProvider[];
  /** Where Prometheus metrics are that name no address. */
  prometheusAddress?: string;
  /** Where the Jobs of analyses run; beside their run when left out. */
  jobs?: JobPlace;
  /** What steps of the kind `plugin` may name. */
  stepPlugins?: StepPlugin[];
  /**
   * Traffic routers beside those that come with the controller, mostly of
   * `trafficRouting.plugins`.
   */
  routers?: TrafficRouter[];
  /** Times in which rollouts do not go on by themselves. */
  holds?: HoldSource;
  logger?: DeliveryLogger;
  /** Serves `/metrics`, `/healthz` and `/readyz` there, on loopback unless `metricsHost` says otherwise; 0 picks a port. */
  metricsPort?: number;
  metricsHost?: string;
  /** On by default: several controllers of a cluster agree on one. */
  leaderElection?: LeaderElectionOptions | boolean;
  /**
   * `true`: idle while Argo Rollouts' own lease is fresh. A function is asked
   * instead, at least once a second.
   */
  standAside?: boolean | (() => boolean);
  /** Keys handled at the same time; default 10. */
  workers?: number;
}

/** How a controller is doing. */
export interface DeliveryControllerState {
  /**
   * starting: mirrors are being filled; absent: the cluster has no Rollout
   * kind; idle: another controller is in charge; active; stopped.
   */
  phase: 'starting' | 'absent' | 'idle' | 'active' | 'stopped';
  /** Why it is not active. */
  reason?: string;
  /** Rollouts it is responsible for. */
  rollouts: number;
  /** Those whose last turn failed, with why. */
  failing: { key: string; message: string }[];
  /** Kinds it cannot see now. */
  problems: { resource: string; state: string; message?: string }[];
  /** Of the metrics server. */
  metricsAddress?: string;
}

export interface DeliveryController {
  /** Ends everything it does; what was begun is finished first. */
  stop(): Promise<void>;
  state(): DeliveryControllerState;
}

/**
 * How often the delay of the event loop is looked at; milliseconds. The usual
 * 10 are more than all else that a controller at rest spends.
 */
const EVENT_LOOP_PRECISION = 1_000;

const READY = new Set<DeliveryControllerState['phase']>(['idle', 'active']);

/** Starts the delivery controller on one cluster. It runs until it is stopped. */
export async function startDeliveryController(
  options: DeliveryControllerOptions,
): Promise<DeliveryController> {
  const { clock = systemClock, logger = silentLogger } = options;
  const client = options.client ?? createClient(options, clock);
  let stopped = false;
  const permission = new Permission({ ...options, client, clock, logger });
  const mayAct = () => !stopped && permission.hindrance === undefined;
  const routers = [...TRAFFIC_ROUTERS, ...(options.routers ?? [])];
  const { stepPlugins = [] } = options;
  const memory = new PlanMemory();
  const loop = new DeliveryLoop({
    ...options,
    client,
    routers,
    plan: (snapshot, now) =>
      planRollout(snapshot, now, { routers, stepPlugins, memory }),
    clock,
    logger,
    mayAct,
  });
  let wasActive = false;
  const changed = () => {
    const active = mayAct() && loop.view.ready;
    if (active && !wasActive) loop.resync();
    wasActive = active;
  };
  if (options.metricsPort !== undefined) {
    collectDefaultMetrics({
      register: loop.metrics.registry,
      eventLoopMonitoringPrecision: EVENT_LOOP_PRECISION,
    });
  }
  const metrics =
    options.metricsPort === undefined
      ? undefined
      : await startMetricsServer({
          port: options.metricsPort,
          host: options.metricsHost ?? '127.0.0.1',
          registry: loop.metrics.registry,
          health: () => {
            const { phase, reason } = describe(loop, permission, stopped);
            return { phase, reason, ready: READY.has(phase) };
          },
        });
  const unsubscribe = options.holds?.subscribe(() => loop.resync());
  loop.view.onStatus(changed);
  permission.onChange(changed);
  loop.start();
  permission.start();

  return {
    async stop() {
      if (stopped) return;
      stopped = true;
      unsubscribe?.();
      await loop.stop();
      await permission.stop();
      await metrics?.stop();
      if (!options.client) client.close();
    },
    state() {
      const { phase, reason } = describe(loop, permission, stopped);
      return {
        phase,
        reason,
        rollouts: loop.rollouts.length,
        failing: loop.failing,
        problems: loop.view.problems(),
        metricsAddress: metrics?.address,
      };
    },
  };
}

function createClient(
  { kubeConfig }: DeliveryControllerOptions,
  clock: Clock,
): KubeClient {
  if (!kubeConfig) {
    throw new TypeError(
      'startDeliveryController needs a client or a kubeConfig',
    );
  }
  return KubeClient.fromKubeConfig(kubeConfig, {
    clock,
    userAgent: 'progressive-delivery-controller',
  });
}

function describe(
  { view }: DeliveryLoop,
  { hindrance }: Permission,
  stopped: boolean,
): Pick<DeliveryControllerState, 'phase' | 'reason'> {
  if (stopped) return { phase: 'stopped' };
  if (view.crdsAbsent) {
    return {
      phase: 'absent',
      reason: 'the cluster has no Rollout kind: install the Argo Rollouts CRDs',
    };
  }
  if (!view.ready) return { phase: 'starting', reason: 'reading the cluster' };
  return hindrance ? { phase: 'idle', reason: hindrance } : { phase: 'active' };
}
