import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  actionsRegistryServiceMock,
  type MockActionsRegistry,
} from '@backstage/backend-test-utils/alpha';
import type { JsonObject } from '@backstage/types';
import { canary } from '../__testUtils__/rollouts';
import { people, twoOfOwners } from '../__testUtils__/approvalsPortal';
import { ownershipOf } from '../__testUtils__/people';
import { component, eventually } from '../__testUtils__/testPortal';
import { withPortals } from '../__testUtils__/withPortals';

jest.setTimeout(60_000);

const COLORS = { cluster: 'local', namespace: 'demo', name: 'colors' };

describe('what agents can do', () => {
  const portals = withPortals();
  let registry: MockActionsRegistry;

  async function start(
    allow?: (permission: string) => boolean,
    policies: JsonObject[] = [],
  ) {
    registry = actionsRegistryServiceMock();
    const portal = await portals.start({
      allow,
      entities: [component('colors'), ...people],
      rollouts: { approvals: { policies } },
      features: [
        ownershipOf(people),
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
      ],
    });
    portals.cluster.createRollout(canary());
    return portal;
  }

  async function invoke(
    name: string,
    input: JsonObject = {},
    credentials = mockCredentials.user('user:default/ada'),
  ) {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input,
      credentials,
    });
    return output as JsonObject;
  }

  async function seen() {
    const shown = await eventually(
      () => invoke('show-rollout', COLORS).catch(() => undefined),
      answer => answer !== undefined,
    );
    return shown?.seen as JsonObject;
  }

  it('says which of them change something', async () => {
    await start();
    const { actions } = await registry.list();
    const destructive = Object.fromEntries(
      actions.map(({ name, attributes }) => [name, attributes.destructive]),
    );
    expect(destructive).toEqual({
      'list-what-waits-for-me': false,
      'show-rollout': false,
      'list-releases': false,
      'simulate-rollout': false,
      'promote-rollout': true,
      'promote-rollout-fully': true,
      'abort-rollout': true,
      'approve-rollout': true,
    });
  });

  it('shows a rollout with its reasons, then promotes what was shown', async () => {
    await start();
    const decision = { ...COLORS, seen: await seen(), reason: 'looks good' };

    const dry = await invoke('promote-rollout', { ...decision, dryRun: true });
    const done = await invoke('promote-rollout', decision);

    expect(dry.outcome).toBe('dry-run');
    expect(done.outcome).toBe('applied');
    expect(
      portals.cluster.rollout('colors').status?.pauseConditions ?? [],
    ).toEqual([]);
    const releases = await eventually(
      () => invoke('list-releases', { entity: 'component:default/colors' }),
      ({ releases: [first] = [] }: JsonObject & { releases?: JsonObject[] }) =>
        first !== undefined,
    );
    expect(releases).toMatchObject({
      releases: [{ ...COLORS, outcome: 'in-progress' }],
      more: false,
    });
  });

  it('refuses to promote what has moved on, with what to do', async () => {
    await start();
    const before = await seen();
    await expect(
      invoke('promote-rollout', {
        ...COLORS,
        seen: { ...before, stepIndex: 0 },
      }),
    ).rejects.toThrow(/moved on/);
  });

  it('acts with the rights of the person, not with its own', async () => {
    await start(permission => permission !== 'rollouts.promote');
    const decision = { ...COLORS, seen: await seen() };
    const { actions } = await invoke('show-rollout', COLORS);
    const shown = Object.fromEntries(
      (actions as JsonObject[]).map(({ action, ...rest }) => [action, rest]),
    );

    expect(shown).toMatchObject({
      promote: {
        possible: false,
        reason: expect.stringMatching(/may not promote/),
      },
      abort: { possible: true },
      // Nobody's right is missing: there is nothing to retry.
      retry: { possible: false, reason: expect.not.stringMatching(/may not/) },
    });
    await expect(invoke('promote-rollout', decision)).rejects.toThrow(
      /may not promote/,
    );
    const aborted = await invoke('abort-rollout', decision);

    expect(aborted.outcome).toBe('applied');
    expect(portals.cluster.rollout('colors').status?.abort).toBe(true);
  });

  it('does nothing for a service that nobody stands behind', async () => {
    await start();
    await expect(
      registry.invoke({
        id: 'test:show-rollout',
        input: COLORS,
        credentials: mockCredentials.service('plugin:mcp-actions'),
      }),
    ).rejects.toThrow(/in the name of a person/);
  });

  it('does a decision that is sent twice once', async () => {
    await start();
    const decision = {
      ...COLORS,
      seen: await seen(),
      idempotencyKey: 'key-0000-agent-1',
    };
    const first = await invoke('abort-rollout', decision);
    expect(await invoke('abort-rollout', decision)).toEqual(first);
  });

  it('tells what waits for its owners', async () => {
    await start();
    await seen();
    await expect(
      eventually(
        () => invoke('list-what-waits-for-me'),
        ({ items }) => (items as JsonObject[]).length > 0,
      ),
    ).resolves.toMatchObject({
      items: [{ ...COLORS, because: 'owner' }],
      approvals: [],
    });
  });

  it('tells which freeze refuses what waits', async () => {
    const { post } = await start();
    await seen();
    const { body } = await post('/api/rollouts/v1/freezes', {
      idempotencyKey: 'key-0000-freeze-1',
      name: 'Black Friday',
      reason: 'Ask the duty manager',
      timeZone: 'UTC',
      start: new Date(Date.now() - 60_000).toISOString().slice(0, 16),
      duration: 'PT2H',
    });
    const { items } = await eventually(
      () => invoke('list-what-waits-for-me'),
      found => (found.items as JsonObject[]).length > 0,
    );
    expect(items).toMatchObject([
      { ...COLORS, frozen: { name: 'Black Friday', until: body.next.end } },
    ]);
  });

  it('tells each what waits for their approval, and gives it in their name', async () => {
    const { post } = await start(undefined, [twoOfOwners]);
    const shown = await seen();
    const asked = await post(
      '/api/rollouts/v1/rollouts/local/demo/colors/approvals',
      {
        idempotencyKey: 'key-0000-agent-2',
        seen: shown,
        action: 'promote',
        reason: 'the numbers are good',
      },
    );
    expect(asked.status).toBe(201);
    const waiting = (name: string) =>
      invoke(
        'list-what-waits-for-me',
        {},
        mockCredentials.user(`user:default/${name}`),
      );
    const approve = (name: string) =>
      invoke(
        'approve-rollout',
        { approvalId: asked.body.id, seen: shown },
        mockCredentials.user(`user:default/${name}`),
      );

    await expect(waiting('ben')).resolves.toMatchObject({
      items: [{ ...COLORS, because: 'approval' }],
      approvals: [
        {
          ...COLORS,
          approvalId: asked.body.id,
          action: 'promote',
          label: 'Promote to 40 %',
          requestedBy: 'user:default/ada',
          reason: 'the numbers are good',
          seen: shown,
        },
      ],
    });
    for (const name of ['ada', 'grace']) {
      expect((await waiting(name)).approvals).toEqual([]);
      await expect(approve(name)).rejects.toThrow();
    }
    await expect(approve('ben')).resolves.toEqual({ state: 'pending' });
    expect((await waiting('ben')).approvals).toEqual([]);
    await expect(approve('cleo')).resolves.toEqual({ state: 'executed' });
    expect(
      portals.cluster.rollout('colors').status?.pauseConditions ?? [],
    ).toEqual([]);
  });

  it('simulates manifests, and says what is wrong with them', async () => {
    await start();
    const manifest = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      ...canary(),
      status: undefined,
    };
    const { simulations } = await invoke('simulate-rollout', {
      manifests: JSON.stringify(manifest),
    });
    expect(simulations).toEqual([
      { name: 'colors', timeline: expect.stringContaining('20') },
    ]);
    const huge = { ...manifest, spec: { ...manifest.spec, replicas: 1e9 } };
    await expect(
      invoke('simulate-rollout', { manifests: JSON.stringify(huge) }),
    ).rejects.toThrow(/spec.replicas: .* pods; at most/);
    for (const manifests of ['kind: [', 'kind: Service']) {
      await expect(invoke('simulate-rollout', { manifests })).rejects.toThrow(
        /manifests|Rollout/,
      );
    }
  });
});
