import type { StepPluginStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseGoDuration } from '../../analysis/goDuration';
import { markAborted } from '../status/abort';
import { callPlugin } from '../stepPlugins/callPlugin';
import { findStatus, putStatus } from '../stepPlugins/statuses';
import { parseTime } from '../time';
import type { StepKind, StepOutcome, StepRun } from './stepKind';

/** `<namespace>/<name>`, each as GitHub writes owners and repositories. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/;

function isDisabled({ context, step }: StepRun): boolean {
  const { name, disabled } = step.plugin ?? { name: '' };
  return (
    disabled === true ||
    (context.stepPlugins ?? []).some(
      each => each.name === name && each.disabled,
    )
  );
}

/** Calls it again when the time that it asked for is over. */
function again({ context, goal }: StepRun, status: StepPluginStatus) {
  const { draft, now } = context;
  const { name, executions = 0, updatedAt, backoff, phase, message } = status;
  const due =
    executions === 0
      ? now
      : (parseTime(updatedAt) ?? now) + (parseGoDuration(backoff ?? '') ?? 0);
  if (due > now) draft.wake(due);
  else callPlugin(context, goal.index, 'Run', status.status);
  const shown = message ? `: ${message}` : '';
  return {
    done: false,
    why:
      phase === 'Error'
        ? `plugin ${name} could not answer and is tried again${shown}`
        : `waiting for plugin ${name}${shown}`,
  };
}

/**
 * A step that a module carries out. The calls are made beside the work; here
 * it is decided which is due, and what the answers mean. Source: docs, plugins,
 * "Step Plugin", and the behaviour of v1.9.1.
 */
export const pluginStep: StepKind = {
  field: 'plugin',
  label: ({ plugin }) => `plugin: ${plugin?.name ?? ''}`,
  validate({ plugin }, path) {
    return typeof plugin?.name === 'string' && NAME.test(plugin.name)
      ? []
      : [
          {
            field: `${path}.plugin.name`,
            kind: 'Invalid value',
            value: plugin?.name,
            detail: 'name the plugin as <namespace>/<name>',
          },
        ];
  },
  run(run): StepOutcome {
    const { context, goal, step } = run;
    const { status } = context.draft;
    const { index } = goal;
    const name = step.plugin?.name ?? '';
    if (isDisabled(run)) {
      putStatus(status, { index, name, operation: 'Run', disabled: true });
      return { done: true, why: `plugin ${name} is disabled` };
    }
    const noted = findStatus(status, index, 'Run');
    const known = noted?.name === name && !noted.disabled ? noted : undefined;
    switch (known?.phase) {
      case undefined:
        callPlugin(context, index, 'Run');
        return { done: false, why: `calling plugin ${name}` };
      case 'Successful':
        return { done: true, why: `plugin ${name} succeeded` };
      case 'Failed':
        markAborted(
          context,
          `Step Plugin ${index + 1} (${name}) failed: ${known?.message ?? ''}`,
        );
        return { done: false, why: `plugin ${name} failed` };
      default:
        return again(run, known as StepPluginStatus);
    }
  },
};
