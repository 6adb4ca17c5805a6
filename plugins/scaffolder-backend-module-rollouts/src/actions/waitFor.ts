import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ResponseError } from '@backstage/errors';
import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { stringify } from 'yaml';
import type { Pace } from '../backend/pace';
import type { RolloutsBackend } from '../backend/RolloutsBackend';

const BETWEEN_LOOKS = 2_000;
const DEFAULT_MINUTES = 15;

/** The rollout did not become what was waited for. */
export class RolloutNotHealthyError extends Error {
  readonly name = 'RolloutNotHealthyError';
}

/** What people would want to hear about, when it changes. */
function lineOf({
  phase,
  sentence,
  weights,
  pods,
  step,
  stale,
}: RolloutSummary): string {
  if (stale) return `What is known is old: ${stale.reason}`;
  const at = step
    ? `, step ${Math.min(step.index + 1, step.count)} of ${step.count}`
    : '';
  const ready = pods.stable.ready + pods.canary.ready;
  return `${phase}: ${sentence} (${Math.round((weights.actual * 100) / weights.max)} % new${at}, ${ready} of ${pods.desired} pods ready)`;
}

/** Not there yet, or not yet known to be the caller's: the catalog takes its time. */
const isNotYet = (error: unknown) =>
  error instanceof ResponseError && [403, 404].includes(error.statusCode);

/** Looked at too often, or the portal restarts. */
const isPassing = (error: unknown) =>
  (error instanceof ResponseError &&
    (error.statusCode === 429 || error.statusCode >= 500)) ||
  error instanceof TypeError;

/** Waits until a rollout is healthy, and says on the way what happens. */
export function createWaitForAction(
  backend: Pick<RolloutsBackend, 'rollout'>,
  pace: Pace,
) {
  return createTemplateAction({
    id: 'rollouts:wait-for',
    description: 'Waits until a rollout is healthy, or fails when it is not',
    supportsDryRun: true,
    examples: [
      {
        description: 'Wait for the first pods of a new service',
        example: stringify({
          steps: [
            {
              id: 'wait',
              action: 'rollouts:wait-for',
              input: {
                cluster: 'production',
                namespace: 'shop',
                name: '${{ parameters.name }}',
                timeoutMinutes: 10,
              },
            },
          ],
        }),
      },
    ],
    schema: {
      input: {
        cluster: z => z.string().describe('As the portal calls it'),
        namespace: z => z.string(),
        name: z => z.string(),
        timeoutMinutes: z =>
          z
            .number()
            .positive()
            .max(24 * 60)
            .optional()
            .describe(`${DEFAULT_MINUTES} if left out`),
        acceptPaused: z =>
          z
            .boolean()
            .optional()
            .describe('A rollout that waits for a person is good enough'),
      },
      output: {
        phase: z => z.string(),
        message: z => z.string(),
        entityRefs: z =>
          z.array(z.string()).describe('Catalog entities that it belongs to'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, name } = ctx.input;
      const { timeoutMinutes = DEFAULT_MINUTES, acceptPaused = false } =
        ctx.input;
      const title = `${namespace}/${name} in ${cluster}`;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would wait until ${title} is healthy.`);
        ctx.output('phase', 'Healthy');
        ctx.output('message', '');
        ctx.output('entityRefs', []);
        return;
      }
      const who = await ctx.getInitiatorCredentials();
      const until = pace.now() + timeoutMinutes * 60_000;
      let said: string | undefined;
      const say = (line: string) => {
        if (line !== said) ctx.logger.info(line);
        said = line;
      };
      for (;;) {
        try {
          const found = await backend.rollout(who, {
            cluster,
            namespace,
            name,
          });
          say(lineOf(found));
          // What the cluster was before it stopped answering says nothing.
          const { phase } = found;
          const isKnown = found.stale === undefined;
          const isDone =
            phase === 'Healthy' || (acceptPaused && phase === 'Paused');
          if (isKnown && isDone) {
            ctx.output('phase', phase);
            ctx.output('message', found.sentence);
            ctx.output('entityRefs', found.entityRefs);
            return;
          }
          if (isKnown && phase === 'Degraded') {
            throw new RolloutNotHealthyError(`${title}: ${found.sentence}`);
          }
        } catch (error) {
          if (isNotYet(error)) say(`Waiting for ${title} to be seen`);
          else if (isPassing(error))
            say(`The portal is busy: ${String(error)}`);
          else throw error;
        }
        if (pace.now() >= until) {
          throw new RolloutNotHealthyError(
            `${title} was not healthy after ${timeoutMinutes} min. The last that was seen: ${said}`,
          );
        }
        await pace.wait(BETWEEN_LOOKS, ctx.signal);
      }
    },
  });
}
