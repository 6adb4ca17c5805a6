import { useState } from 'react';
import { ErrorPanel, ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { readDemoUsers } from './demoUsers';
import { rememberedUser } from './rememberedUser';
import { DemoUserChoice } from './DemoUserChoice';

/** The identity, except that signing out also forgets the choice of user. */
function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    getProfileInfo: () => identity.getProfileInfo(),
    async signOut() {
      rememberedUser.clear();
      await identity.signOut();
    },
  };
}

/** Signs in as the demo user chosen before, or offers the choice. */
export const DemoSignInPage = (props: SignInPageProps) => {
  const users = readDemoUsers(useApi(configApiRef));
  const [name, setName] = useState(() => {
    const remembered = rememberedUser.get();
    return users.some(user => user.name === remembered)
      ? remembered
      : undefined;
  });

  if (users.length === 0) {
    return (
      <ErrorPanel
        title="No way to sign in is configured"
        error={
          new Error(
            'List demo users under auth.providers.demo.users, or replace this sign-in page in packages/app.',
          )
        }
      />
    );
  }
  if (name) {
    return (
      <ProxiedSignInPage
        provider="demo"
        headers={{ 'x-demo-user': name }}
        onSignInSuccess={identity => {
          rememberedUser.set(name);
          props.onSignInSuccess(forgetOnSignOut(identity));
        }}
        ErrorComponent={({ error }) => (
          <DemoUserChoice users={users} onChoose={setName} error={error} />
        )}
      />
    );
  }
  return <DemoUserChoice users={users} onChoose={setName} />;
};
