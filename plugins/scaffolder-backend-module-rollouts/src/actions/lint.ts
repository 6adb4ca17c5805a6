import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { FindingSeverity } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { stringify } from 'yaml';
import type { RolloutsBackend } from '../backend/RolloutsBackend';
import { manifestFiles } from '../files/manifestFiles';

const WORST: readonly FindingSeverity[] = ['info', 'warning', 'error'];

/** Says what is wrong with manifests, and stops the task when it is bad. */
export function createLintAction(backend: Pick<RolloutsBackend, 'lint'>) {
  return createTemplateAction({
    id: 'rollouts:lint',
    description:
      'Lints the manifests of the workspace; fails on what a controller would refuse',
    supportsDryRun: true,
    examples: [
      {
        description: 'Stop on warnings too, except for one rule',
        example: stringify({
          steps: [
            {
              id: 'lint',
              action: 'rollouts:lint',
              input: {
                paths: ['k8s'],
                failOn: 'warning',
                severities: { 'no-analysis': 'off' },
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
        failOn: z =>
          z
            .enum(['error', 'warning', 'info', 'never'])
            .optional()
            .describe('What stops the task: error'),
        severities: z =>
          z
            .record(z.enum(['error', 'warning', 'info', 'off']))
            .optional()
            .describe('Rules that are to count more, less or not at all'),
      },
      output: {
        errors: z => z.number(),
        warnings: z => z.number(),
        notes: z => z.number(),
        report: z => z.string().describe('For people'),
        findings: z =>
          z.array(
            z.object({
              rule: z.string(),
              severity: z.enum(['error', 'warning', 'info']),
              message: z.string(),
              fix: z.string(),
              file: z.string(),
              line: z.number(),
            }),
          ),
      },
    },
    async handler(ctx) {
      const { paths = ['.'], failOn = 'error', severities } = ctx.input;
      const { findings, text } = await backend.lint(
        await ctx.getInitiatorCredentials(),
        { files: await manifestFiles(ctx.workspacePath, paths), severities },
      );
      for (const line of text.trimEnd().split('\n')) ctx.logger.info(line);
      const count = (severity: FindingSeverity) =>
        findings.filter(each => each.severity === severity).length;
      ctx.output('errors', count('error'));
      ctx.output('warnings', count('warning'));
      ctx.output('notes', count('info'));
      ctx.output('report', text);
      ctx.output(
        'findings',
        findings.map(({ rule, severity, message, fix, file, line }) => ({
          ...{ rule, severity, message, fix, file, line },
        })),
      );
      if (failOn === 'never') return;
      const bad = findings.filter(
        each => WORST.indexOf(each.severity) >= WORST.indexOf(failOn),
      );
      if (bad.length) {
        throw new InputError(
          bad
            .map(
              each =>
                `${each.file}:${each.line} ${each.message} (${each.rule})`,
            )
            .join('\n'),
        );
      }
    },
  });
}
