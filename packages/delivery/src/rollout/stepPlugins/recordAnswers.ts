import type { StepPluginStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatGoDuration } from '../../analysis/goDuration';
import type { StepPluginDone } from '../../stepPlugins/stepPluginCall';
import type { RolloutContext } from '../context';
import { formatTime } from '../time';
import { findStatus, putStatus } from './statuses';

/** Before a plugin that goes on running is asked again; milliseconds. */
const REQUEUE = 30_000;
const SHORTEST_REQUEUE = 10_000;
/** Before a plugin that could not answer is called again; milliseconds. */
const ERROR_BACKOFF = 30_000;

const VERBS = {
  Run: 'transitioned to',
  Terminate: 'terminated',
  Abort: 'aborted',
};

function isOver({ phase }: StepPluginStatus): boolean {
  return phase === 'Successful' || phase === 'Failed';
}

function runStatus(
  before: StepPluginStatus,
  { at, result }: StepPluginDone,
): StepPluginStatus {
  const called = {
    ...before,
    backoff: undefined,
    updatedAt: formatTime(at),
    executions: (before.executions ?? 0) + 1,
  };
  if ('error' in result) {
    // Its own status stays as it was: it is to be tried again from there.
    return {
      ...called,
      phase: 'Error',
      message: result.error,
      backoff: formatGoDuration(ERROR_BACKOFF),
    };
  }
  const phase = result.phase ?? 'Running';
  const { requeueAfterMilliseconds: asked = REQUEUE } = result;
  return {
    ...called,
    phase,
    message: result.message,
    status: result.status,
    ...(phase === 'Running'
      ? { backoff: formatGoDuration(Math.max(SHORTEST_REQUEUE, asked)) }
      : { finishedAt: formatTime(at) }),
  };
}

/** Ending and taking back are over with one answer, whatever it is. */
function endStatus(
  before: StepPluginStatus,
  { at, result }: StepPluginDone,
): StepPluginStatus {
  const ended = { ...before, finishedAt: formatTime(at) };
  if ('error' in result) {
    return { ...ended, phase: 'Error', message: result.error };
  }
  const { phase = 'Successful', message } = result;
  // Nobody asks a second time, so it cannot go on.
  return { ...ended, phase: phase === 'Running' ? 'Failed' : phase, message };
}

function tell({ draft }: RolloutContext, status: StepPluginStatus): void {
  const { name, index, operation, phase } = status;
  // A step that is done is told of as such.
  if (operation === 'Run' && phase === 'Successful') return;
  const shown = operation === 'Run' ? phase : `(${phase})`;
  draft.event(
    'StepPluginTransition',
    `Step plugin ${name} (step ${index + 1}) ${VERBS[operation]} ${shown}`,
    phase === 'Error' || phase === 'Failed' ? 'Warning' : 'Normal',
  );
}

/**
 * Takes the answers of step plugins into the status. Those to an earlier
 * update or attempt, which the status does not wait for, are passed over.
 */
export function recordAnswers(context: RolloutContext): void {
  const { draft, snapshot, current } = context;
  for (const done of snapshot.stepPluginsDone ?? []) {
    const { call } = done;
    const before = findStatus(draft.status, call.index, call.operation);
    const awaited =
      before !== undefined &&
      before.name === call.name &&
      before.startedAt === call.startedAt &&
      call.podHash === current.hash &&
      !before.finishedAt &&
      !isOver(before);
    if (!awaited) continue;
    const after =
      call.operation === 'Run'
        ? runStatus(before, done)
        : endStatus(before, done);
    putStatus(draft.status, after);
    if (after.phase !== before.phase) tell(context, after);
    draft.because(
      `step plugin ${call.name}: ${after.phase}${after.message ? `, ${after.message}` : ''}`,
    );
  }
}
