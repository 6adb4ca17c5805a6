import { parseArgs } from 'node:util';
import { LIMITS, type Limit } from './contender';

export const PARTS = ['canaries', 'idle', 'analyses', 'restart'] as const;
export type Part = (typeof PARTS)[number];

/** What `yarn bench delivery` was asked for. */
export interface DeliveryArguments {
  parts: Part[];
  rounds: number;
  /** Canaries at the same time. */
  sizes: number[];
  limits: Limit[];
  /** Rollouts at rest: of `idle`, and of `restart`. */
  rollouts?: number;
  /** AnalysisRuns: of `analyses`, and finished ones of `restart`. */
  runs?: number;
  /** Of `restart`. */
  namespaces?: number;
}

export const DELIVERY_OPTIONS = {
  part: { type: 'string', multiple: true },
  rounds: { type: 'string' },
  size: { type: 'string', multiple: true },
  limit: { type: 'string', multiple: true },
  rollouts: { type: 'string' },
  runs: { type: 'string' },
  namespaces: { type: 'string' },
} as const;

export const DELIVERY_HELP = `Options of delivery (what a bare \`yarn bench\` does is small):

  --part NAME       canaries (default), idle, analyses, restart; may be repeated
  --rounds N        each round both controllers, in alternating order (default 1)
  --size N          canaries at the same time (default 10); may be repeated
  --limit NAME      equal (default): the reference as good as without a limit of
                    requests, as ours is; defaults: as it comes; may be repeated
  --rollouts N      at rest: of idle (default 1000), of restart (default 2000)
  --runs N          of analyses (default 1000), finished of restart (default 10000)
  --namespaces N    over which restart spreads both (default 20)
`;

/** @throws Error that names the option and what it takes. */
export function readDeliveryArguments(args: string[]): DeliveryArguments {
  const { values } = parseArgs({ args, options: DELIVERY_OPTIONS });
  const limits = Object.keys(LIMITS) as Limit[];
  return {
    parts: oneOf('--part', PARTS, values.part ?? ['canaries']),
    rounds: count('--rounds', values.rounds) ?? 1,
    sizes: (values.size ?? ['10']).map(text => count('--size', text)!),
    limits: oneOf('--limit', limits, values.limit ?? ['equal']),
    rollouts: count('--rollouts', values.rollouts),
    runs: count('--runs', values.runs),
    namespaces: count('--namespaces', values.namespaces),
  };
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`${option} must be a whole number from 1, not "${text}"`);
}

function oneOf<T extends string>(
  option: string,
  known: readonly T[],
  given: string[],
): T[] {
  return given.map(text => {
    const found = known.find(each => each === text);
    if (found) return found;
    throw new Error(`${option} must be ${known.join(' or ')}, not "${text}"`);
  });
}
