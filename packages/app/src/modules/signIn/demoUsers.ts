import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** A user of the demo, as the sign-in page shows them. */
export interface DemoUser {
  /** The name of the `User` entity. */
  name: string;
  title: string;
  /** What this person may do, in a few words. */
  note?: string;
}

/** Reads `auth.providers.demo.users`; the first is the one offered first. */
export function readDemoUsers(config: ConfigApi): DemoUser[] {
  const users =
    config.getOptionalConfigArray('auth.providers.demo.users') ?? [];
  return users.map(user => ({
    name: user.getString('name'),
    title: user.getOptionalString('title') ?? user.getString('name'),
    note: user.getOptionalString('note'),
  }));
}
