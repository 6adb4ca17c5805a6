import {
  completeDescription,
  type CompleteAnalysis,
  type CompleteDescription,
} from './completeDescription';
import type { DescriptionProblem, RolloutDescription } from './description';
import { secondsOf } from './duration';
import { writtenWeights } from './reachableWeights';
import { ROLLOUT_PRESETS } from './presets';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** Leaves room for what is put behind it: `-preview`, hashes. */
const LONGEST_NAME = 40;
const HEADER_NAME = /^[A-Za-z0-9][A-Za-z0-9-]*$/;
const HOST = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const LABEL_KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;
const PATH = /^\/[^\s"'{}]*$/;

const METRICS: readonly unknown[] = ['success-rate', 'latency', 'smoke-test'];

type Check = [ok: boolean, path: string, message: string];

const whole = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** The tag, or that there is a digest. */
function hasLastingVersion(image: unknown): boolean {
  if (typeof image !== 'string' || !/^[\w][\w.\-/:@]*$/.test(image))
    return false;
  if (image.includes('@sha256:')) return true;
  const tag = /:([\w][\w.-]*)$/.exec(
    image.slice(image.lastIndexOf('/') + 1),
  )?.[1];
  return tag !== undefined && tag !== 'latest';
}

function isHttpAddress(text: unknown): boolean {
  try {
    const { protocol, username, password } = new URL(String(text));
    return /^https?:$/.test(protocol) && !username && !password;
  } catch {
    return false;
  }
}

function serviceChecks(of: CompleteDescription): Check[] {
  return [
    [
      LABEL.test(of.name) && of.name.length <= LONGEST_NAME,
      'name',
      `must be lower case letters, digits and dashes, begin with a letter, end with a letter or digit, and have at most ${LONGEST_NAME} characters`,
    ],
    [
      of.namespace === undefined ||
        (LABEL.test(of.namespace) && of.namespace.length <= 63),
      'namespace',
      'must be lower case letters, digits and dashes, begin with a letter, and end with a letter or digit',
    ],
    [
      hasLastingVersion(of.image),
      'image',
      'needs a tag other than latest, or a digest: a tag that moves cannot be rolled out or back',
    ],
    [whole(of.replicas, 1, 1000), 'replicas', 'must be from 1 to 1000'],
    [whole(of.port, 1, 65_535), 'port', 'must be from 1 to 65535'],
    [
      PATH.test(of.readinessPath),
      'readinessPath',
      'must be a path that begins with /',
    ],
    [HOST.test(of.host), 'host', 'must be a host name'],
    [LABEL.test(of.gateway), 'gateway', 'must be the name of a Gateway'],
    ...Object.entries(of.labels).map(([key, value]): Check => [
      LABEL_KEY.test(key) && key !== 'app' && LABEL_VALUE.test(value),
      `labels[${key}]`,
      'must be a label of Kubernetes, and not app, which the rollout sets',
    ]),
  ];
}

/** As they will be; nonsense is left to its own check. */
function weightsOf(of: CompleteDescription) {
  const isSound =
    whole(of.replicas, 1, 1000) && of.weights.every(each => whole(each, 1, 99));
  return isSound ? writtenWeights(of) : of.weights;
}

function canaryChecks(of: CompleteDescription): Check[] {
  const { weights, analysis } = of;
  const last = weightsOf(of).at(-1) ?? 0;
  return [
    [
      weights.length > 0 && weights.length <= 20,
      'weights',
      'name 1 to 20 weights',
    ],
    ...weights.map((weight, i): Check => [
      whole(weight, 1, 99) && weight > (weights[i - 1] ?? 0),
      `weights[${i}]`,
      'must be from 1 to 99, and above the one before: everybody comes after the last',
    ]),
    [
      last * 3 >= 100,
      `weights[${Math.max(0, weights.length - 1)}]`,
      last === weights.at(-1)
        ? 'is too far from everybody: end with 34 or more'
        : `comes to ${last} % with ${of.replicas} replicas, too far from everybody: end higher, or route the traffic`,
    ],
    [
      (secondsOf(of.pause) ?? 0) > 0,
      'pause',
      'must be a time such as 30s, 5m or 1h, above 0',
    ],
    [
      of.approvals !== 'none' || of.header !== undefined || analysis !== 'none',
      'analysis',
      'somebody or something has to decide: choose an analysis, or approvals',
    ],
    [
      of.header === undefined || of.router === 'istio',
      'header',
      'only Istio can send requests by a header: choose router istio',
    ],
    [
      of.header === undefined ||
        (HEADER_NAME.test(of.header.name) &&
          /^[\x21-\x7e]{1,100}$/.test(of.header.value)),
      'header',
      'needs a name of letters, digits and dashes, and a value without spaces',
    ],
  ];
}

function blueGreenChecks(of: CompleteDescription): Check[] {
  const isTested =
    of.analysis !== 'none' && of.analysis.metrics.includes('smoke-test');
  return [
    [
      of.promotion === 'manual' || isTested,
      'promotion',
      'somebody or something has to look first: promote by hand, or add a smoke-test',
    ],
  ];
}

function analysisChecks(
  of: CompleteDescription,
  analysis: CompleteAnalysis,
): Check[] {
  const seconds = secondsOf(analysis.interval) ?? 0;
  const asksPrometheus = analysis.metrics.some(each => each !== 'smoke-test');
  const pauses = (secondsOf(of.pause) ?? 0) * weightsOf(of).length;
  const isUnbounded = of.approvals !== 'none';
  const runsBeside = of.strategy === 'canary' && analysis.when === 'background';
  return [
    ...analysis.metrics.map((metric, i): Check => [
      METRICS.includes(metric),
      `analysis.metrics[${i}]`,
      `must be one of ${METRICS.join(', ')}`,
    ]),
    [
      analysis.metrics.length > 0 &&
        new Set(analysis.metrics).size === analysis.metrics.length,
      'analysis.metrics',
      'name at least one, each once',
    ],
    [
      ['background', 'step'].includes(analysis.when),
      'analysis.when',
      'must be one of background, step',
    ],
    [
      ['istio', 'http'].includes(analysis.dialect),
      'analysis.dialect',
      'must be one of istio, http',
    ],
    [
      of.strategy === 'blue-green' || !analysis.metrics.includes('smoke-test'),
      'analysis.metrics',
      'a smoke-test needs a preview: choose strategy blue-green',
    ],
    [
      !asksPrometheus || isHttpAddress(analysis.prometheus),
      'analysis.prometheus',
      'must be an address such as http://prometheus.monitoring:9090, without credentials',
    ],
    [
      analysis.successRate > 0 && analysis.successRate <= 1,
      'analysis.successRate',
      'must be above 0 and at most 1: 0.95 is 95 %',
    ],
    [
      analysis.latencyMilliseconds > 0 &&
        analysis.latencyMilliseconds <= 600_000,
      'analysis.latencyMilliseconds',
      'must be above 0 and at most 600000',
    ],
    [
      seconds >= 5 && seconds <= 3_600,
      'analysis.interval',
      'must be a time such as 30s, from 5s to 1h',
    ],
    [
      !runsBeside || isUnbounded || !pauses || seconds <= pauses,
      'analysis.interval',
      'is longer than all pauses together: the new version would be measured once',
    ],
    [
      whole(analysis.count, 1, 1000),
      'analysis.count',
      'must be from 1 to 1000',
    ],
    [
      whole(analysis.failureLimit, 0, 100) &&
        (runsBeside || analysis.failureLimit < analysis.count),
      'analysis.failureLimit',
      'must be 0 or more, and below the count: otherwise nothing can fail',
    ],
    [
      PATH.test(analysis.smokePath),
      'analysis.smokePath',
      'must be a path that begins with /',
    ],
  ];
}

/** Fields that take one of some values. */
const CHOICES = {
  preset: ROLLOUT_PRESETS.map(each => each.name),
  router: ['none', 'istio', 'nginx', 'gateway-api'],
  strategy: ['canary', 'blue-green'],
  approvals: ['none', 'first', 'each'],
  promotion: ['manual', 'automatic'],
} as const;

function choiceChecks(of: CompleteDescription): Check[] {
  return Object.entries(CHOICES).map(([field, allowed]): Check => [
    (allowed as readonly unknown[]).includes(of[field as keyof typeof CHOICES]),
    field,
    `must be one of ${allowed.join(', ')}`,
  ]);
}

/**
 * What is wrong with a description, by field; nothing when manifests can be
 * made of it. Never throws, whatever somebody has typed.
 * @public
 */
export function descriptionProblems(
  description: RolloutDescription,
): DescriptionProblem[] {
  let checks: Check[];
  try {
    const of = completeDescription(description);
    checks = [
      ...choiceChecks(of),
      ...serviceChecks(of),
      ...(of.strategy === 'canary' ? canaryChecks(of) : blueGreenChecks(of)),
      ...(of.analysis === 'none' ? [] : analysisChecks(of, of.analysis)),
    ];
  } catch {
    return [
      {
        path: 'description',
        message: 'has a list or an object in the wrong place',
      },
    ];
  }
  return checks.flatMap(([ok, path, message]) =>
    ok ? [] : [{ path, message }],
  );
}
