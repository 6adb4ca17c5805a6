import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';

const folders = createMockDirectory();

/** Who runs the tasks of these tests. */
export const ADA = mockCredentials.user('user:default/ada');

/**
 * What an action is called with, in a workspace of its own with these files,
 * and what it said and gave back.
 */
export async function actionContext(
  input: object,
  {
    files = {},
    ...more
  }: {
    files?: Record<string, string>;
    isDryRun?: boolean;
    signal?: AbortSignal;
  } = {},
) {
  const folder = await mkdtemp(folders.resolve('action-'));
  const workspacePath = join(folder, 'workspace');
  await mkdir(workspacePath);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspacePath, name)), { recursive: true });
    await writeFile(join(workspacePath, name), text);
  }
  const lines: string[] = [];
  const ctx = createMockActionContext({ workspacePath });
  Object.assign(ctx, {
    input,
    getInitiatorCredentials: async () => ADA,
    ...more,
  });
  ctx.logger.info = ((line: string) => {
    lines.push(line);
    return ctx.logger;
  }) as never;
  const outputs = () =>
    Object.fromEntries((ctx.output as jest.Mock).mock.calls) as Record<
      string,
      unknown
    >;
  return { ctx: ctx as never, workspacePath, lines, outputs };
}
