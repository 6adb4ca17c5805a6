import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { untilAborted } from '../cancellation/untilAborted';
import { utf8Length } from '../encoding/utf8';
import type { StepPlugin, StepPluginResult } from './stepPlugin';
import type { StepPluginCall, StepPluginDone } from './stepPluginCall';

/** Of a message; the rest is cut. */
const LONGEST_TEXT = 8_192;
/** Of a plugin's own status: it is kept in the rollout. */
const LARGEST_STATUS = 64 * 1024;
const PHASES = new Set(['Running', 'Successful', 'Failed']);

const OPERATIONS = {
  Run: 'run',
  Terminate: 'terminate',
  Abort: 'abort',
} as const;

function check(result: StepPluginResult): StepPluginResult {
  const { phase, message, status, requeueAfterMilliseconds } = result ?? {};
  if (phase !== undefined && !PHASES.has(phase)) {
    throw new Error(`the plugin answered with an unknown phase "${phase}"`);
  }
  const json = JSON.stringify(status);
  if (json !== undefined && utf8Length(json) > LARGEST_STATUS) {
    throw new Error(
      `the plugin's status is larger than ${LARGEST_STATUS} bytes: keep it elsewhere and note where`,
    );
  }
  return {
    ...(phase ? { phase } : {}),
    ...(message ? { message: String(message).slice(0, LONGEST_TEXT) } : {}),
    ...(json === undefined ? {} : { status: JSON.parse(json) }),
    ...(Number.isFinite(requeueAfterMilliseconds)
      ? { requeueAfterMilliseconds }
      : {}),
  };
}

/**
 * Makes one call of a step plugin. Never rejects: what the plugin throws, or
 * answers wrongly, is an error that says so.
 */
export async function callStepPlugin(
  rollout: Rollout,
  call: StepPluginCall,
  plugins: ReadonlyMap<string, StepPlugin>,
  now: () => number,
  signal: AbortSignal,
): Promise<StepPluginDone> {
  try {
    const plugin = plugins.get(call.name);
    if (!plugin) throw new Error(`no step plugin ${call.name} is registered`);
    const { index, config, status } = call;
    // Copies: what a plugin does to them must not reach the mirror.
    const seen = structuredClone({ rollout, index, config, status });
    const operation = OPERATIONS[call.operation];
    const context = { ...seen, now: now(), signal };
    const answer = plugin[operation]
      ? await untilAborted(plugin[operation](context), signal)
      : {};
    return { call, at: now(), result: check(answer) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      call,
      at: now(),
      result: { error: message.slice(0, LONGEST_TEXT) },
    };
  }
}
