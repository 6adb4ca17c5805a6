import type {
  CanaryStep,
  IntOrString,
  StepKind,
  StepState,
  StepView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseGoDuration } from '@progressive-delivery/delivery';

/** What a step is called, and what it does and did. */
export function describeStep(
  step: CanaryStep,
  kind: StepKind,
  state: StepState,
): Pick<StepView, 'label' | 'explanation'> {
  switch (kind) {
    case 'setWeight': {
      const label = `${step.setWeight} %`;
      return {
        label,
        explanation: tense(state, `Sends ${label} to the new version.`),
      };
    }
    case 'pause': {
      const seconds = durationSeconds(step.pause?.duration);
      return seconds === undefined
        ? {
            label: 'pause',
            explanation: tense(
              state,
              `${waits(state)} for someone to promote.`,
            ),
          }
        : {
            label: `pause ${durationLabel(seconds)}`,
            explanation: tense(
              state,
              `${waits(state)} ${durationLabel(seconds)}.`,
            ),
          };
    }
    case 'setCanaryScale': {
      const scale = step.setCanaryScale ?? {};
      const what =
        (scale.replicas !== undefined &&
          `${scale.replicas} ${scale.replicas === 1 ? 'pod' : 'pods'}`) ||
        (scale.weight !== undefined && `${scale.weight} % of the pods`) ||
        'as many pods as the weight needs';
      return {
        label: `scale: ${what}`,
        explanation: tense(state, `Gives the new version ${what}.`),
      };
    }
    case 'analysis': {
      const names = (step.analysis?.templates ?? [])
        .map(({ templateName }) => templateName)
        .join(', ');
      return {
        label: `analysis ${names}`,
        explanation: tense(state, `Measures ${names}; goes on if it succeeds.`),
      };
    }
    case 'setHeaderRoute':
      return {
        label: `header route ${step.setHeaderRoute?.name ?? ''}`,
        explanation: tense(
          state,
          step.setHeaderRoute?.match?.length
            ? 'Sends requests with certain headers to the new version.'
            : 'Takes the header route away.',
        ),
      };
    case 'setMirrorRoute':
      return {
        label: `mirror ${step.setMirrorRoute?.percentage ?? 100} %`,
        explanation: tense(
          state,
          'Copies requests to the new version; its answers are thrown away.',
        ),
      };
    case 'experiment':
      return describeExperiment(step, state);
    case 'replicaProgressThreshold':
      return {
        label: 'enough pods',
        explanation: tense(state, 'Goes on when enough pods are available.'),
      };
    case 'plugin':
      return {
        label: step.plugin?.name ?? 'plugin',
        explanation: tense(state, `Runs the step plugin ${step.plugin?.name}.`),
      };
    default:
      return {
        label: Object.keys(step)[0] ?? 'nothing',
        explanation: 'A step of a kind that is not known here.',
      };
  }
}

function describeExperiment({ experiment }: CanaryStep, state: StepState) {
  const versions = (experiment?.templates ?? []).map(({ name }) => name);
  const seconds = durationSeconds(experiment?.duration);
  const what = versions.join(' and ') || 'versions';
  const length = seconds === undefined ? '' : ` for ${durationLabel(seconds)}`;
  return {
    label: ['experiment', ...versions].join(' '),
    explanation: tense(
      state,
      `Runs ${what} side by side${length}; goes on if the experiment succeeds.`,
    ),
  };
}

/** Beside "Stopped here", "waits" would call for somebody who cannot help. */
function waits(state: StepState): string {
  switch (state) {
    case 'done':
      return 'Waited';
    case 'failed':
      return 'It was to wait';
    default:
      return 'Waits';
  }
}

function tense(state: StepState, text: string): string {
  switch (state) {
    case 'done':
      return `Done. ${text}`;
    case 'current':
      return `Now. ${text}`;
    case 'skipped':
      return `Not run. ${text}`;
    case 'failed':
      return `Stopped here. ${text}`;
    default:
      return text;
  }
}

/** Seconds of "10s", "1m30s", 10 or "10"; `undefined` when there is none. */
export function durationSeconds(duration: IntOrString | undefined) {
  if (duration === undefined) {
    return undefined;
  }
  const text = String(duration);
  const milliseconds = /^\d+$/.test(text)
    ? Number(text) * 1000
    : parseGoDuration(text);
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

function durationLabel(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  const hours = Math.floor(minutes / 60);
  return (
    [
      hours > 0 && `${hours} h`,
      minutes % 60 > 0 && `${minutes % 60} min`,
      rest > 0 && `${rest} s`,
    ]
      .filter(Boolean)
      .join(' ') || '0 s'
  );
}
