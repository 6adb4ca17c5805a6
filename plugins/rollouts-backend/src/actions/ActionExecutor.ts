import type {
  ActionRequest,
  ActionResult,
  Rollout,
  RolloutAction,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isGenerationObserved } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ConflictError,
  InvalidError,
  KubeApiError,
  NotFoundError,
  pause,
  type Clock,
  type KubeClient,
} from '@progressive-delivery/kube';
import type { Cluster } from '../clusters/Cluster';
import {
  isRefusal,
  type ActionContext,
  type ActionPlan,
} from './ActionContext';
import { ActionRefusedError } from './ActionRefusedError';
import { applyPatches } from './applyPatches';
import { consequencesOf } from './consequences';
import { planAction } from './planAction';
import { readContext } from './readContext';

const MOST_TRIES = 8;
const OBSERVED_TRIES = 40;
const OBSERVED_PAUSE_MILLISECONDS = 250;
const CONFIRM_MILLISECONDS = 5_000;

export interface ExecuteOptions {
  id: string;
  cluster: Cluster;
  ref: RolloutRef;
  action: RolloutAction;
  request: ActionRequest;
}

/** Carries an action out on its cluster: read, plan, write, see it happen. */
export class ActionExecutor {
  constructor(private readonly clock: Clock) {}

  /**
   * @throws ActionRefusedError with the reason, whatever it is
   */
  async execute(options: ExecuteOptions): Promise<ActionResult> {
    const { cluster } = options;
    const { client } = cluster;
    if (!client) {
      throw unreachable(cluster.health.message ?? 'The cluster is not usable.');
    }
    try {
      return await this.#execute(client, options);
    } catch (error) {
      throw toRefusal(error, options.ref);
    }
  }

  async #execute(
    client: KubeClient,
    options: ExecuteOptions,
  ): Promise<ActionResult> {
    const { request } = options;
    for (let tries = 1; ; tries++) {
      const { context, plan } = await this.#plan(client, options);
      if (request.dryRun || plan.patches.length === 0) {
        return result(
          options,
          context,
          plan,
          request.dryRun ? 'dry-run' : 'unchanged',
        );
      }
      try {
        const written = await applyPatches(
          client,
          context.rollout,
          plan.patches,
        );
        const shown = await options.cluster.mirror?.stores.rollouts.waitFor(
          written,
          CONFIRM_MILLISECONDS,
        );
        return result(options, context, plan, 'applied', shown);
      } catch (error) {
        // Somebody wrote in between: decide again on what is there now.
        const again =
          error instanceof ConflictError ||
          (error instanceof InvalidError && plan.patches[0]?.type === 'json');
        if (!again || tries >= MOST_TRIES) {
          throw error;
        }
      }
    }
  }

  async #plan(
    client: KubeClient,
    { ref, action, request }: ExecuteOptions,
  ): Promise<{ context: ActionContext; plan: ActionPlan }> {
    for (let tries = 1; ; tries++) {
      const context = await readContext(client, ref, action, this.clock.now());
      const plan = planAction(action, context, request);
      if (isRefusal(plan)) {
        throw new ActionRefusedError(plan.refusal);
      }
      const waits =
        plan.afterObserved === true &&
        request.dryRun !== true &&
        !isGenerationObserved(context.rollout);
      if (!waits) {
        return { context, plan };
      }
      if (tries >= OBSERVED_TRIES) {
        throw new ActionRefusedError({
          code: 'conflict',
          message:
            'The controller has not yet taken notice of the last change of the manifest, and would lose this.',
          remedy: 'Check that the controller runs, then try again.',
        });
      }
      await pause(this.clock, OBSERVED_PAUSE_MILLISECONDS);
    }
  }
}

function result(
  { id, action }: ExecuteOptions,
  { rollout }: ActionContext,
  plan: ActionPlan,
  outcome: ActionResult['outcome'],
  shown?: boolean,
): ActionResult {
  return {
    id,
    action,
    outcome,
    message: messageOf(plan, outcome, shown),
    consequences: consequencesOf(rollout as Rollout, action, {}),
    warnings: plan.warnings,
    patches: plan.patches,
  };
}

function messageOf(
  plan: ActionPlan,
  outcome: ActionResult['outcome'],
  shown: boolean | undefined,
): string {
  if (plan.unchanged !== undefined && plan.patches.length === 0) {
    return plan.unchanged;
  }
  if (outcome === 'dry-run') {
    return 'Nothing was written.';
  }
  return shown
    ? 'Done: the cluster shows it.'
    : 'The cluster has accepted it, but it has not been seen in its events yet.';
}

function unreachable(message: string, cause?: unknown): ActionRefusedError {
  return new ActionRefusedError(
    {
      code: 'cluster-unreachable',
      message,
      remedy: 'Try again when the cluster answers.',
    },
    { cause },
  );
}

function toRefusal(error: unknown, ref: RolloutRef): ActionRefusedError {
  if (error instanceof ActionRefusedError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ConflictError) {
    return new ActionRefusedError(
      {
        code: 'conflict',
        message: `The rollout keeps changing: ${message}`,
        remedy: 'Try again in a moment.',
      },
      { cause: error },
    );
  }
  if (error instanceof NotFoundError) {
    return new ActionRefusedError(
      {
        code: 'moved-on',
        message: `Rollout ${ref.namespace}/${ref.name} is gone from the cluster.`,
        remedy: 'Look for what has taken its place.',
      },
      { cause: error },
    );
  }
  if (error instanceof KubeApiError && error.status < 500) {
    return new ActionRefusedError(
      {
        code: 'cluster-refused',
        message: `The cluster refused the write: ${message}`,
      },
      { cause: error },
    );
  }
  return unreachable(`The cluster did not answer: ${message}`, error);
}
