import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { RolloutAccess } from './RolloutAccess';

it('asks for many entities in requests of 50', async () => {
  const sizes: number[] = [];
  const permissions = mockServices.permissions.mock({
    authorize: async requests => {
      sizes.push(requests.length);
      return requests.map(request => ({
        result:
          'resourceRef' in request && request.resourceRef?.endsWith('7')
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      }));
    },
  });
  const access = new RolloutAccess({
    permissions,
    ownership: [],
    selection: () => undefined,
    claimants: () => [],
  });

  const readable = await access.readable(
    mockCredentials.user(),
    Array.from({ length: 120 }, (_, i) => `component:default/c${i}`),
  );

  expect(sizes).toEqual([50, 50, 20]);
  expect([...readable]).toEqual(
    Array.from({ length: 12 }, (_, i) => `component:default/c${i * 10 + 7}`),
  );
});
