import { join } from 'node:path';

/** A server of the portal and how to run it. */
export interface ServerCommand {
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env: NodeJS.ProcessEnv;
}

/** The servers of a portal: the backend, and in development the app's own with hot reload. */
export function commands(options: {
  root: string;
  dev: boolean;
  config: string;
}): ServerCommand[] {
  const { root, dev } = options;
  const configs = [
    '--config',
    join(root, 'app-config.yaml'),
    '--config',
    options.config,
  ];
  const cli = require.resolve('@backstage/cli/bin/backstage-cli');
  // `development` is what lets demo users in; the configuration listens on
  // loopback only.
  const env = { NODE_ENV: 'development' };
  if (dev) {
    return ['backend', 'app'].map(name => ({
      name,
      command: process.execPath,
      args: [cli, 'package', 'start', ...configs],
      cwd: join(root, 'packages', name),
      env: { ...env, BROWSER: 'none' },
    }));
  }
  return [
    {
      name: 'backend',
      command: process.execPath,
      args: [
        '--import',
        join(root, 'scripts/typescript.mjs'),
        join(root, 'packages/backend/src/index.ts'),
        ...configs,
      ],
      env,
    },
  ];
}
