import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type { ReleasePage } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AgentApi } from '../AgentApi';
import { registerShowHistory } from './showHistory';

function setUp(page: ReleasePage) {
  const registry = actionsRegistryServiceMock();
  const GET = jest.fn(async () => ({ data: page, response: new Response() }));
  // Only what the action calls.
  const api = { as: async () => ({ GET }) } as unknown as AgentApi;
  registerShowHistory(registry, api);
  const list = async (input: { entity: string; outcome?: string[] }) => {
    const { output } = await registry.invoke({
      id: 'test:list-releases',
      input,
      credentials: mockCredentials.user(),
    });
    return output;
  };
  return { list, GET };
}

describe('the releases that an agent is told of', () => {
  const entity = 'component:default/colors';

  it('are those that it asks for, ten unless it says how many', async () => {
    const { list, GET } = setUp({ items: [] });
    await list({ entity, outcome: ['aborted'] });
    expect(GET).toHaveBeenCalledWith('/v1/history/releases', {
      params: { query: { entity, outcome: ['aborted'], limit: 10 } },
    });
  });

  it.each([
    [{ items: [], nextCursor: 'further' }, true],
    [{ items: [] }, false],
  ])('of %j has more: %s', async (page, more) => {
    await expect(setUp(page).list({ entity })).resolves.toEqual({
      releases: [],
      more,
    });
  });
});
