import type { Rollout, RolloutSpec } from '../kubernetes/rollout';
import type { Comment, CommentedObject } from './commentedObject';
import type { CompleteDescription } from './completeDescription';
import type { GeneratedTemplate } from './analysisTemplates';
import { canarySteps } from './canarySteps';
import { metadataOf, namesOf } from './names';
import { trafficRouting } from './trafficRouting';

interface Templates {
  smoke?: GeneratedTemplate;
  health?: GeneratedTemplate;
}

type Strategy = {
  strategy: RolloutSpec['strategy'];
  comments: Comment[];
};

function canaryStrategy(
  of: CompleteDescription,
  { health }: Templates,
): Strategy {
  const { stable, canary } = namesOf(of);
  const at = ['spec', 'strategy', 'canary'];
  const isStep = of.analysis !== 'none' && of.analysis.when === 'step';
  const steps = canarySteps(of, isStep ? health?.reference : undefined);
  const first = steps.findIndex(({ step }) => step.setWeight !== undefined);
  const routing = trafficRouting(of);
  return {
    strategy: {
      canary: {
        canaryService: canary,
        stableService: stable,
        ...(routing ? { trafficRouting: routing } : {}),
        ...(health && !isStep
          ? { analysis: { ...health.reference, startingStep: first + 1 } }
          : {}),
        steps: steps.map(({ step }) => step),
      },
    },
    comments: [
      ...(routing
        ? []
        : [
            {
              path: [...at, 'steps'],
              text: 'Without a traffic router the share of the requests is the share of the pods: these weights are ones that they can make.',
            },
          ]),
      ...(health && !isStep
        ? [
            {
              path: [...at, 'analysis', 'startingStep'],
              text: 'Counted from 0: after the first weight, when there is something to measure.',
            },
          ]
        : []),
      ...steps.flatMap(({ why }, i) =>
        why ? [{ path: [...at, 'steps', i], text: why }] : [],
      ),
    ],
  };
}

function blueGreenStrategy(
  of: CompleteDescription,
  { smoke, health }: Templates,
): Strategy {
  const { stable, canary } = namesOf(of);
  const at = ['spec', 'strategy', 'blueGreen'];
  return {
    strategy: {
      blueGreen: {
        activeService: stable,
        previewService: canary,
        autoPromotionEnabled: of.promotion === 'automatic',
        ...(smoke ? { prePromotionAnalysis: smoke.reference } : {}),
        ...(health ? { postPromotionAnalysis: health.reference } : {}),
      },
    },
    comments: [
      {
        path: [...at, 'autoPromotionEnabled'],
        text:
          of.promotion === 'automatic'
            ? 'Everybody is switched as soon as the test has passed.'
            : 'Everybody is switched when somebody promotes.',
      },
      ...(health
        ? [
            {
              path: [...at, 'postPromotionAnalysis'],
              text: 'When this fails everybody is switched back.',
            },
          ]
        : []),
    ],
  };
}

/** The Rollout itself. */
export function rolloutObject(
  of: CompleteDescription,
  templates: Templates,
): CommentedObject {
  const { strategy, comments } =
    of.strategy === 'blue-green'
      ? blueGreenStrategy(of, templates)
      : canaryStrategy(of, templates);
  const object: Rollout = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: metadataOf(of),
    spec: {
      replicas: of.replicas,
      revisionHistoryLimit: 5,
      selector: { matchLabels: { app: of.name } },
      strategy,
      template: {
        metadata: { labels: { app: of.name, ...of.labels } },
        spec: {
          containers: [
            {
              name: of.name,
              image: of.image,
              ports: [{ name: 'http', containerPort: of.port }],
              readinessProbe: {
                httpGet: { path: of.readinessPath, port: 'http' },
                periodSeconds: 5,
              },
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
            },
          ],
        },
      },
    },
  };
  const container = ['spec', 'template', 'spec', 'containers', 0];
  return {
    object,
    comments: [
      ...comments,
      {
        path: [...container, 'readinessProbe'],
        text: 'A pod gets no requests, and no step goes on, before this answers.',
      },
      {
        path: [...container, 'lifecycle'],
        text: 'Requests that are still on their way are answered before the pod ends.',
      },
    ],
  };
}
