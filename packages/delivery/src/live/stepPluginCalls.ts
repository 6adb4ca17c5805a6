import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import { callStepPlugin } from '../stepPlugins/callStepPlugin';
import type { StepPlugin } from '../stepPlugins/stepPlugin';
import type {
  StepPluginCall,
  StepPluginDone,
} from '../stepPlugins/stepPluginCall';
import { BesideWork } from './besideWork';

export interface StepPluginCallsOptions {
  plugins: readonly StepPlugin[];
  /** Called when a plugin has answered about the rollout. */
  onDone: (rollout: Rollout) => void;
  clock: Clock;
}

interface Task {
  rollout: Rollout;
  call: StepPluginCall;
}

const keyOf = ({ podHash, index, operation, startedAt }: StepPluginCall) =>
  `${podHash}/${index}/${operation}/${startedAt}`;

/**
 * Calls of step plugins that are being made. Ending or taking back a step
 * first tells a call of `run` that nobody waits for its answer any more, and
 * begins when that call is over, so that the two never meet.
 */
export class StepPluginCalls {
  readonly #work: BesideWork<Task, StepPluginDone>;
  readonly #onDone: (rollout: Rollout) => void;
  readonly #runs = new Map<
    string,
    { controller: AbortController; over: Promise<unknown> }
  >();

  constructor({ plugins, onDone, clock }: StepPluginCallsOptions) {
    this.#onDone = onDone;
    const byName = new Map(plugins.map(plugin => [plugin.name, plugin]));
    const now = () => clock.now();
    this.#work = new BesideWork({
      perform: async ({ rollout, call }, signal) => {
        const step = `${rollout.metadata.uid}/${call.podHash}/${call.index}`;
        if (call.operation !== 'Run') {
          const run = this.#runs.get(step);
          run?.controller.abort();
          await run?.over;
          return callStepPlugin(rollout, call, byName, now, signal);
        }
        const controller = new AbortController();
        const either = AbortSignal.any([signal, controller.signal]);
        const over = callStepPlugin(rollout, call, byName, now, either);
        this.#runs.set(step, { controller, over });
        const done = await over;
        this.#runs.delete(step);
        return done;
      },
      keyOf: ({ call }) => keyOf(call),
      keyOfDone: ({ call }) => keyOf(call),
      clock,
    });
  }

  /** Begins the calls that are not being made already. */
  begin(rollout: Rollout, calls: StepPluginCall[]) {
    this.#work.begin(
      rollout.metadata.uid ?? '',
      calls.map(call => ({ rollout, call })),
      () => this.#onDone(rollout),
    );
  }

  /** What has been answered and is not in the rollout's status yet. */
  done(rollout: Rollout): StepPluginDone[] {
    return this.#work.done(rollout.metadata.uid ?? '');
  }

  /** These are in the rollout's status now, or are not waited for. */
  recorded(rollout: Rollout, recorded: StepPluginDone[]) {
    this.#work.recorded(rollout.metadata.uid ?? '', recorded);
  }

  /** The rollout is gone. */
  forget(uid: string) {
    this.#work.forget(uid);
  }

  stop() {
    this.#work.stop();
  }
}
