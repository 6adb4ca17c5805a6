import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import type { RolloutsBackend } from '../backend/RolloutsBackend';
import { manifestFiles } from '../files/manifestFiles';
import { writeFiles } from '../files/writeFiles';

/** Computes the future of the rollouts in the workspace. */
export function createSimulateAction(
  backend: Pick<RolloutsBackend, 'simulate'>,
) {
  return createTemplateAction({
    id: 'rollouts:simulate',
    description:
      'Simulates the rollouts of the workspace, and writes a picture of each',
    supportsDryRun: true,
    examples: [
      {
        description: 'Make sure that a version that is fine is promoted',
        example: stringify({
          steps: [
            {
              id: 'simulate',
              action: 'rollouts:simulate',
              input: { paths: ['k8s'], expect: 'promoted', pictures: 'docs' },
            },
          ],
        }),
      },
      {
        description: 'Make sure that one that fails at the fourth step is not',
        example: stringify({
          steps: [
            {
              id: 'simulate',
              action: 'rollouts:simulate',
              input: {
                paths: ['k8s'],
                assumptions: { failAtStep: 4 },
                expect: 'aborted',
              },
            },
          ],
        }),
      },
    ],
    schema: {
      input: {
        paths: z =>
          z
            .array(z.string())
            .optional()
            .describe('Files and directories of the workspace: all of it'),
        rollout: z =>
          z.string().optional().describe('Only the one of this name'),
        assumptions: z =>
          z
            .record(z.unknown())
            .optional()
            .describe('As in a file with assumptions: podStart, failAtStep …'),
        expect: z =>
          z
            .enum(['promoted', 'aborted', 'waiting', 'stuck'])
            .optional()
            .describe('Stops the task when it ends otherwise'),
        pictures: z =>
          z
            .string()
            .optional()
            .describe('Directory of the workspace for an SVG of each'),
      },
      output: {
        simulations: z =>
          z.array(
            z.object({
              namespace: z.string(),
              name: z.string(),
              outcome: z.enum(['promoted', 'aborted', 'waiting', 'stuck']),
              seconds: z.number().describe('Until then'),
              exposedSeconds: z
                .number()
                .describe(
                  'Seconds of all the traffic that met the new version',
                ),
            }),
          ),
        report: z => z.string().describe('For people'),
        pictures: z => z.array(z.string()).describe('Paths in the workspace'),
      },
    },
    async handler(ctx) {
      const {
        paths = ['.'],
        rollout,
        assumptions,
        expect,
        pictures,
      } = ctx.input;
      const { simulations } = await backend.simulate(
        await ctx.getInitiatorCredentials(),
        {
          files: await manifestFiles(ctx.workspacePath, paths),
          rollout,
          assumptions,
        },
      );
      const report = simulations.map(each => each.text).join('\n\n');
      for (const line of report.trimEnd().split('\n')) ctx.logger.info(line);
      const written =
        pictures === undefined
          ? []
          : await writeFiles(
              ctx.workspacePath,
              pictures,
              simulations.map(each => ({
                name: `${each.namespace}-${each.name}.svg`,
                text: each.picture,
              })),
            );
      ctx.output(
        'simulations',
        simulations.map(({ namespace, name, outcome, exposed }) => ({
          namespace,
          name,
          outcome: outcome.kind,
          seconds: outcome.at / 1_000,
          exposedSeconds: exposed / 1_000,
        })),
      );
      ctx.output('report', report);
      ctx.output('pictures', written);
      const other = simulations.find(
        each => expect !== undefined && each.outcome.kind !== expect,
      );
      if (other) {
        const { kind, message } = other.outcome;
        throw new InputError(
          `${other.namespace}/${other.name} would be ${kind}, not ${expect}${message ? `: ${message}` : ''}.`,
        );
      }
    },
  });
}
