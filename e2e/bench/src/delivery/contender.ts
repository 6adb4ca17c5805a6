import { freePorts } from '../../../conformance/src/bed/freePort';
import { until } from '../../../conformance/src/bed/until';
import type { Arena } from './arena';
import { INSTANCE_ID } from './instance';
import { type ProcessUsage, usageOf } from './processUsage';

export const CONTENDERS = ['reference', 'ours'] as const;
/** Argo Rollouts, or the delivery controller of this repository. */
export type Contender = (typeof CONTENDERS)[number];

/** How each one's User-Agent begins. */
export const USER_AGENTS: Record<Contender, string> = {
  reference: 'rollouts-controller',
  ours: 'progressive-delivery-controller',
};

/**
 * Requests a second that the reference allows itself. `equal`: as good as no
 * limit, as ours has none of its own; `defaults`: what it comes with (40).
 */
export const LIMITS = {
  equal: ['--qps=300', '--burst=600'],
  defaults: [],
} satisfies Record<string, string[]>;
export type Limit = keyof typeof LIMITS;

export interface RunningContender {
  usage(): ProcessUsage;
  /** As `kill -9`. */
  kill(): Promise<void>;
}

/**
 * Starts one in a process of its own, in charge of all objects of the bench.
 * @param allowedOrigin - where metrics may be read from
 */
export async function startContender(
  { bed: { programs, processes, kubeConfigFile }, ours }: Arena,
  contender: Contender,
  limit: Limit,
  allowedOrigin = 'http://127.0.0.1:9',
): Promise<RunningContender> {
  const [metricsPort, healthPort] = await freePorts(2);
  const child =
    contender === 'reference'
      ? processes.start('reference', programs.rolloutsController, [
          `--kubeconfig=${kubeConfigFile}`,
          '-n=argo-rollouts',
          `--instance-id=${INSTANCE_ID}`,
          '--leader-elect=false',
          ...LIMITS[limit],
          `--metricsPort=${metricsPort}`,
          `--healthzPort=${healthPort}`,
        ])
      : processes.start('ours', process.execPath, [
          ...profiling(),
          ...ours,
          `--kubeconfig=${kubeConfigFile}`,
          `--instance-id=${INSTANCE_ID}`,
          '--no-leader-elect',
          `--metrics-port=${metricsPort}`,
          `--allow-origin=${allowedOrigin}`,
        ]);
  const port = contender === 'reference' ? healthPort : metricsPort;
  await until(
    `${contender} to be healthy`,
    async () => {
      processes.checkAlive();
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`, {
        signal: AbortSignal.timeout(2000),
      });
      return answer.ok;
    },
    { seconds: 120 },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error(`${contender} did not start`);
  return {
    usage: () => usageOf(pid),
    // A profile is only written by a process that ends by itself.
    kill: () =>
      profiling().length ? processes.end(child, 20_000) : processes.kill(child),
  };
}

/** `BENCH_PROFILE=FOLDER` writes a CPU profile of ours there. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}
