import type { Config } from '@backstage/config';

/** The names under `auth.providers.demo.users`: nobody else may sign in. */
export function readDemoUsers(config: Config): Set<string> {
  return new Set(
    (config.getOptionalConfigArray('users') ?? []).map(user =>
      user.getString('name'),
    ),
  );
}
