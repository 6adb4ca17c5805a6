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
  RESOURCES,
  pause,
  type Clock,
  type KubeClient,
} from '@progressive-delivery/kube';
import type { Cluster } from '../clusters/Cluster';
import {
  isRefusal,
  type ActionContext,
  type ActionPlan,
  type Effect,
} from './ActionContext';
import { ActionRefusedError } from './ActionRefusedError';
import { applyPatches } from './applyPatches';
import { consequencesOf } from './consequences';
import { planAction } from './planAction';
import { readContext } from './readContext';
import { toRefusal, unreachable } from './toRefusal';

const MOST_TRIES = 8;
const OBSERVED_TRIES = 40;
const OBSERVED_PAUSE_MILLISECONDS = 250;
const CONFIRM_MILLISECONDS = 5_000;
const EFFECT_TRIES = 20;
const EFFECT_PAUSE_MILLISECONDS = 250;

export interface ExecuteOptions {
  id: string;
  cluster: Cluster;
  ref: RolloutRef;
  action: RolloutAction;
  request: ActionRequest;
  /** When it was decided, in milliseconds since the epoch. */
  decidedAt: number;
  /**
   * Asks the gates, before each attempt, about the rollout that the write is
   * bound to. Not called for a dry run.
   * @throws ActionRefusedError
   */
  admit?: (rollout: Rollout) => Promise<void>;
}

/** Carries an action out on its cluster: read, plan, write, see it happen. */
export class ActionExecutor {
  /** @param outcomesOf - how updates to the revisions of a rollout ended */
  constructor(
    private readonly clock: Clock,
    private readonly outcomesOf?: (
      cluster: string,
      rollout: Rollout,
    ) => ActionContext['outcomes'],
  ) {}

  /**
   * @throws ActionRefusedError with the reason, whatever the cluster's answer
   * is; anything else is an error of this program
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
      throw toRefusal(error, options.ref) ?? error;
    }
  }

  async #execute(
    client: KubeClient,
    options: ExecuteOptions,
  ): Promise<ActionResult> {
    const { request } = options;
    let repeated = false;
    for (let tries = 1; ; tries++) {
      const { context, plan } = await this.#plan(client, options);
      if (!request.dryRun) {
        await options.admit?.(context.rollout);
      }
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
          context.workload,
        );
        const shown = await options.cluster.mirror?.stores.rollouts.waitFor(
          written,
          CONFIRM_MILLISECONDS,
        );
        const effect = await this.#effect(client, options, plan);
        if (effect === 'lost' && !repeated) {
          repeated = true;
          continue;
        }
        const confirmed = shown === true && (effect ?? 'taken') === 'taken';
        return result(options, context, plan, confirmed ? 'applied' : 'sent');
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

  /** Looks until it is clear, or as long as a person waits. */
  async #effect(
    client: KubeClient,
    { ref: { namespace, name } }: ExecuteOptions,
    { effect }: ActionPlan,
  ): Promise<Effect | undefined> {
    if (!effect) {
      return undefined;
    }
    for (let tries = 1; tries <= EFFECT_TRIES; tries++) {
      const later = await client.get<Rollout>(RESOURCES.rollouts, {
        namespace,
        name,
      });
      const found = effect(later);
      if (found !== 'unknown') {
        return found;
      }
      await pause(this.clock, EFFECT_PAUSE_MILLISECONDS);
    }
    return 'unknown';
  }

  async #plan(
    client: KubeClient,
    { cluster, ref, action, request, decidedAt }: ExecuteOptions,
  ): Promise<{ context: ActionContext; plan: ActionPlan }> {
    for (let tries = 1; ; tries++) {
      const read = await readContext(client, ref, action, decidedAt);
      const context = {
        ...read,
        outcomes:
          action === 'undo'
            ? this.outcomesOf?.(cluster.name, read.rollout)
            : undefined,
      };
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
): ActionResult {
  return {
    id,
    action,
    outcome,
    message: messageOf(plan, outcome),
    consequences: consequencesOf(rollout as Rollout, action, {}),
    warnings: plan.warnings,
    patches: plan.patches,
  };
}

function messageOf(plan: ActionPlan, outcome: ActionResult['outcome']): string {
  if (plan.unchanged !== undefined && plan.patches.length === 0) {
    return plan.unchanged;
  }
  switch (outcome) {
    case 'dry-run':
      return 'Nothing was written.';
    case 'applied':
      return plan.does
        ? `${plan.does} The cluster shows it.`
        : 'Done: the cluster shows it.';
    default:
      return [
        plan.does,
        'Sent; the cluster has not shown it yet. Check that its controller runs.',
      ]
        .filter(Boolean)
        .join(' ');
  }
}
