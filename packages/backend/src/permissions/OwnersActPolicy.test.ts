import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  historyVerifyPermission,
  rolloutPermissions,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { OwnersActPolicy } from './OwnersActPolicy';

const ada = {
  info: {
    userEntityRef: 'user:default/ada',
    ownershipEntityRefs: ['user:default/ada', 'group:default/palette'],
  },
} as PolicyQueryUser;
const policy = new OwnersActPolicy();
const isRead = ({ attributes }: (typeof rolloutPermissions)[number]) =>
  attributes.action === 'read';
const reads = rolloutPermissions.filter(
  each => isRead(each) && each !== historyVerifyPermission,
);
const actions = rolloutPermissions.filter(each => !isRead(each));

describe('OwnersActPolicy', () => {
  it.each(reads)('gives who is signed in $name', async permission => {
    expect(await policy.handle({ permission }, ada)).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it('gives nobody the verification of the whole history', async () => {
    const permission = historyVerifyPermission;
    expect(await policy.handle({ permission }, ada)).toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it.each(actions)(
    'asks for ownership of the entity for $name',
    async permission => {
      expect(await policy.handle({ permission }, ada)).toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        conditions: {
          rule: 'IS_ENTITY_OWNER',
          params: { claims: ['user:default/ada', 'group:default/palette'] },
        },
      });
    },
  );

  it.each(rolloutPermissions)(
    'gives nobody $name without a name',
    async permission => {
      expect(await policy.handle({ permission })).toEqual({
        result: AuthorizeResult.DENY,
      });
    },
  );

  it('denies changes that belong to no entity', async () => {
    const permission = {
      type: 'basic' as const,
      name: 'catalog.location.create',
      attributes: { action: 'create' as const },
    };
    expect(await policy.handle({ permission }, ada)).toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it('lets who is signed in use templates, but not manage them', async () => {
    const asked = async (name: string) =>
      (
        await policy.handle(
          { permission: { type: 'basic', name, attributes: {} } },
          ada,
        )
      ).result;

    expect(await asked('scaffolder.task.create')).toBe(AuthorizeResult.ALLOW);
    expect(await asked('scaffolder.template.management')).toBe(
      AuthorizeResult.DENY,
    );
  });
});
