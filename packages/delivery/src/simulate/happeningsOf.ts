import {
  weightAtStep,
  type CanaryStep,
  type Rollout,
  type RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parsePause } from '../rollout/time';
import type { Happening } from './happening';
import { ACTIVE, PREVIEW } from './simulatedBlueGreen';
import type { TimelineRun } from './timeline/runTimeline';
import { stepLabel, stepsOf } from './timeline/stepLabel';
import type { TimelineEvent } from './timeline/timeline';

/** Steps that are told by their label: nothing else of them is seen. */
const LABELLED: readonly (keyof CanaryStep)[] = [
  'setCanaryScale',
  'setHeaderRoute',
  'setMirrorRoute',
  'plugin',
];

type Run = Pick<TimelineRun, 'events' | 'samples'>;
type Event<Kind extends TimelineEvent['kind']> = TimelineEvent & { kind: Kind };

const namesOf = (analysis: RolloutAnalysis | undefined) =>
  (analysis?.templates ?? []).map(each => each.templateName).join(' and ');

/** The step whose turn it is when an event happens. */
function stepAt(
  rollout: Rollout,
  { events }: Run,
  event: TimelineEvent,
): CanaryStep | undefined {
  const begun = events
    .slice(0, events.indexOf(event))
    .findLast(each => each.kind === 'stepBegan');
  const index =
    begun?.kind === 'stepBegan'
      ? begun.step - 1
      : (rollout.status?.currentStepIndex ?? 0);
  return stepsOf(rollout)[index];
}

/** Pods that the new version has then; those that it has just been given start later. */
function newPodsAt({ samples }: Run, at: number): number {
  const sample = samples.findLast(each => each.at <= at);
  return sample?.revisions.find(each => each.role === 'new')?.available ?? 0;
}

function stepEnded(
  rollout: Rollout,
  run: Run,
  { at, step: number }: Event<'stepEnded' | 'stepBegan'>,
): Happening[] {
  const steps = stepsOf(rollout);
  const step = steps[number - 1];
  // All that is left is skipped.
  if (!step || rollout.status?.promoteFull) return [];
  if (LABELLED.some(field => step[field] !== undefined)) {
    return [{ kind: 'step', label: stepLabel(step) }];
  }
  return step.setWeight === undefined ||
    rollout.spec.strategy?.canary?.trafficRouting
    ? []
    : [
        {
          kind: 'weight',
          weight: weightAtStep(steps, number - 1),
          pods: newPodsAt(run, at),
        },
      ];
}

function analysisBegan(
  rollout: Rollout,
  run: Run,
  event: Event<'analysisBegan'>,
): Happening[] {
  const { blueGreen } = rollout.spec.strategy ?? {};
  switch (event.role) {
    case 'step': {
      const name = namesOf(stepAt(rollout, run, event)?.analysis);
      return [{ kind: 'analysis', name }];
    }
    case 'pre-promotion':
      return [
        { kind: 'analysis', name: namesOf(blueGreen?.prePromotionAnalysis) },
      ];
    case 'post-promotion':
      return [
        { kind: 'analysis', name: namesOf(blueGreen?.postPromotionAnalysis) },
      ];
    default:
      // It goes on beside the steps, or within an experiment.
      return [];
  }
}

function experimentBegan(
  rollout: Rollout,
  run: Run,
  event: TimelineEvent,
): Happening[] {
  const { templates = [], duration } =
    stepAt(rollout, run, event)?.experiment ?? {};
  return [
    {
      kind: 'experiment',
      versions: templates.map(each => each.name),
      ...(duration ? { milliseconds: parsePause(duration) } : {}),
    },
  ];
}

/** Only a preview that was kept small grows on its way. */
function scaled(
  { spec }: Rollout,
  { role, from, to }: Event<'scaled'>,
): Happening[] {
  const isPreview = spec.strategy?.blueGreen?.previewReplicaCount !== undefined;
  return isPreview && role === 'new' && from > 0 && to > from
    ? [{ kind: 'size', pods: to }]
    : [];
}

function switched(
  { spec }: Rollout,
  { service, revision }: Event<'switched'>,
  newRevision: number,
): Happening[] {
  if (revision !== newRevision) return [];
  if (service === ACTIVE) return [{ kind: 'active' }];
  if (service !== PREVIEW) return [];
  const { previewReplicaCount } = spec.strategy?.blueGreen ?? {};
  return [{ kind: 'preview', pods: previewReplicaCount ?? spec.replicas ?? 1 }];
}

/**
 * What a person would notice of a timeline.
 *
 * @param rollout - as it is outside of the simulation, with the same steps
 * @param newRevision - the number of the new version's revision there
 */
export function happeningsOf(
  rollout: Rollout,
  run: Run,
  newRevision: number,
): Happening[] {
  const isRouted = rollout.spec.strategy?.canary?.trafficRouting !== undefined;
  return run.events.flatMap((event): Happening[] => {
    switch (event.kind) {
      case 'weight':
        return isRouted && event.to > 0
          ? [
              {
                kind: 'weight',
                weight: event.to,
                pods: newPodsAt(run, event.at),
              },
            ]
          : [];
      case 'paused': {
        const { milliseconds } = event;
        // A step of a kind that the simulation lacks stands as such a pause.
        if (milliseconds === 0) return [];
        return [
          {
            kind: 'pause',
            ...(milliseconds === undefined ? {} : { milliseconds }),
          },
        ];
      }
      case 'analysisBegan':
        return analysisBegan(rollout, run, event);
      case 'experimentBegan':
        return experimentBegan(rollout, run, event);
      case 'stepEnded':
        return stepEnded(rollout, run, event);
      case 'scaled':
        return scaled(rollout, event);
      case 'switched':
        return switched(rollout, event, newRevision);
      case 'promoted':
        return [{ kind: 'stable' }];
      default:
        return [];
    }
  });
}
