import type { AnalysisTemplate, Metric } from '../kubernetes/analysis';
import type { RolloutAnalysis } from '../kubernetes/rollout';
import type { CommentedObject } from './commentedObject';
import type {
  CompleteAnalysis,
  CompleteDescription,
} from './completeDescription';
import type { GeneratedMetric } from './description';
import { metadataOf, namesOf } from './names';

/** An analysis template, and how the rollout refers to it. */
export interface GeneratedTemplate extends CommentedObject {
  reference: RolloutAnalysis;
}

/** The image that asks the preview; it has a version, so that it stays the same. */
const CURL_IMAGE = 'curlimages/curl:8.10.1';

/** Labels that select the new version's requests, by whose metrics they are. */
const SELECTORS = {
  istio: 'destination_service_name="{{args.service}}"',
  http: 'rollouts_pod_template_hash="{{args.hash}}"',
};

const COUNTERS = {
  istio: { requests: 'istio_requests_total', bad: 'response_code!~"5.*"' },
  http: { requests: 'http_requests_total', bad: 'code!~"5.*"' },
};

const LATENCY = {
  istio: { bucket: 'istio_request_duration_milliseconds_bucket', factor: '' },
  http: { bucket: 'http_request_duration_seconds_bucket', factor: '1000 * ' },
};

function successRate({ dialect, successRate: least }: CompleteAnalysis) {
  const { requests, bad } = COUNTERS[dialect];
  const selector = SELECTORS[dialect];
  return {
    successCondition: `result[0] >= ${least}`,
    query: [
      '(',
      `  sum(rate(${requests}{${selector},${bad}}[1m]))`,
      '  # Without a single good answer there is no such series.',
      '  or vector(0)',
      ')',
      '/',
      `sum(rate(${requests}{${selector}}[1m]))`,
      '',
    ].join('\n'),
  };
}

function latency({ dialect, latencyMilliseconds }: CompleteAnalysis) {
  const { bucket, factor } = LATENCY[dialect];
  return {
    successCondition: `result[0] <= ${latencyMilliseconds}`,
    query: `${factor}histogram_quantile(0.95, sum by (le) (rate(${bucket}{${SELECTORS[dialect]}}[1m])))\n`,
  };
}

function prometheusMetric(
  name: 'success-rate' | 'latency',
  analysis: CompleteAnalysis,
  isCounted: boolean,
): Metric {
  const { successCondition, query } =
    name === 'latency' ? latency(analysis) : successRate(analysis);
  return {
    name: name === 'latency' ? 'latency-p95' : name,
    interval: analysis.interval,
    ...(isCounted ? { count: analysis.count } : {}),
    failureLimit: analysis.failureLimit,
    successCondition,
    provider: { prometheus: { address: analysis.prometheus, query } },
  };
}

function measuringTemplate(
  of: CompleteDescription,
  analysis: CompleteAnalysis,
  names: readonly ('success-rate' | 'latency')[],
  isCounted: boolean,
): GeneratedTemplate {
  const name = `${of.name}-health`;
  const isIstio = analysis.dialect === 'istio';
  // After the switch of blue-green users reach the new version by the active
  // service; of a canary by the service that leads to it alone.
  const { stable, canary } = namesOf(of);
  const service = of.strategy === 'blue-green' ? stable : canary;
  const object: AnalysisTemplate = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadataOf(of, name),
    spec: {
      args: [{ name: isIstio ? 'service' : 'hash' }],
      metrics: names.map(each => prometheusMetric(each, analysis, isCounted)),
    },
  };
  return {
    object,
    comments: [
      {
        path: [],
        text: `How the new version of ${of.name} is judged, by its own requests only.`,
      },
      {
        path: ['spec', 'metrics', 0, 'failureLimit'],
        text: `One more failed measurement than this rolls back.`,
      },
    ],
    reference: {
      templates: [{ templateName: name }],
      args: [
        isIstio
          ? { name: 'service', value: service }
          : { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } },
      ],
    },
  };
}

function smokeTemplate(
  of: CompleteDescription,
  { smokePath }: CompleteAnalysis,
): GeneratedTemplate {
  const name = `${of.name}-smoke-test`;
  const object: AnalysisTemplate = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadataOf(of, name),
    spec: {
      args: [{ name: 'service' }],
      metrics: [
        {
          name: 'smoke-test',
          provider: {
            job: {
              spec: {
                backoffLimit: 0,
                activeDeadlineSeconds: 60,
                template: {
                  spec: {
                    restartPolicy: 'Never',
                    containers: [
                      {
                        name: 'curl',
                        image: CURL_IMAGE,
                        args: ['-fsS', `http://{{args.service}}${smokePath}`],
                      },
                    ],
                  },
                },
              },
            },
          },
        },
      ],
    },
  };
  return {
    object,
    comments: [
      {
        path: [],
        text: 'Asks the preview once, before any user does; put your own tests here.',
      },
    ],
    reference: {
      templates: [{ templateName: name }],
      args: [{ name: 'service', value: namesOf(of).canary }],
    },
  };
}

/** The templates that a description asks for: before the switch, and while users are there. */
export function analysisTemplates(of: CompleteDescription): {
  smoke?: GeneratedTemplate;
  health?: GeneratedTemplate;
} {
  const { analysis } = of;
  if (analysis === 'none') return {};
  const asked = (each: GeneratedMetric) => analysis.metrics.includes(each);
  const measured = (['success-rate', 'latency'] as const).filter(asked);
  const isCounted = of.strategy === 'blue-green' || analysis.when === 'step';
  return {
    ...(asked('smoke-test') ? { smoke: smokeTemplate(of, analysis) } : {}),
    ...(measured.length
      ? { health: measuringTemplate(of, analysis, measured, isCounted) }
      : {}),
  };
}
