import { ApiError } from '../api/apiError';
import { StoredObject } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';
import { LAST_APPLIED } from './lastApplied';

const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };

const manifest = (replicas?: number, env: string[] = []) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    ...(replicas !== undefined && { replicas }),
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'c',
            image: 'demo/colors:blue',
            ...(env.length > 0 && {
              env: env.map(name => ({ name, value: 'x' })),
            }),
          },
        ],
      },
    },
  },
});

function createCluster() {
  const store = createClusterStore({ clock: createManualClock() });
  const apply = (fieldManager: string, body: unknown, force = false) =>
    store.patch(DEPLOYMENTS, 'default', 'web', body, {
      type: 'apply',
      fieldManager,
      force,
    });
  return { store, apply };
}

const managers = ({ metadata }: StoredObject) =>
  (metadata.managedFields as { manager: string }[]).map(entry => entry.manager);

const ownedBy = ({ metadata }: StoredObject, manager: string) =>
  JSON.stringify(
    (metadata.managedFields as { manager: string }[]).filter(
      entry => entry.manager === manager,
    ),
  );

describe('server-side apply', () => {
  it('creates, and changes nothing when the same is applied again', () => {
    const { apply } = createCluster();

    const first = apply('a', manifest(2));
    const second = apply('a', manifest(2));

    expect(second.metadata.resourceVersion).toBe(
      first.metadata.resourceVersion,
    );
    expect(managers(second)).toEqual(['a']);
  });

  it('removes what the applier no longer sends and keeps what others set', () => {
    const { apply, store } = createCluster();
    apply('a', manifest(2, ['ONE', 'TWO']));
    apply('b', manifest(undefined, ['THREE']));

    apply('a', manifest(2, ['ONE']));

    const [container] = store.get(DEPLOYMENTS, 'default', 'web').spec.template
      .spec.containers;
    expect(container.env.map((item: { name: string }) => item.name)).toEqual([
      'ONE',
      'THREE',
    ]);
  });

  it('refuses to change what another manager applied, and names the field', () => {
    const { apply } = createCluster();
    apply('a', manifest(2));

    let refused: ApiError | undefined;
    try {
      apply('b', manifest(5));
    } catch (error) {
      refused = error as ApiError;
    }

    expect(refused?.code).toBe(409);
    expect(refused?.status.details?.causes).toEqual([
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "a"',
        field: '.spec.replicas',
      },
    ]);
  });

  it('takes the field over by force', () => {
    const { apply } = createCluster();
    apply('a', manifest(2));

    const taken = apply('b', manifest(5), true);

    expect(taken.spec.replicas).toBe(5);
    // Now a may leave it out without it going away.
    expect(apply('a', manifest()).spec.replicas).toBe(5);
  });

  it('shares a field that two managers set to the same value', () => {
    const { apply } = createCluster();
    apply('a', manifest(2));
    apply('b', manifest(2));

    expect(apply('a', manifest()).spec.replicas).toBe(2);
  });

  it('sees a conflict with a plain update of an object it tracks', () => {
    const { apply, store } = createCluster();
    apply('a', manifest(2));
    store.patch(
      DEPLOYMENTS,
      'default',
      'web',
      { spec: { replicas: 7 } },
      { type: 'merge', fieldManager: 'scaler' },
    );

    expect(() => apply('a', manifest(2))).toThrow(
      'conflict with "scaler" using apps/v1: .spec.replicas',
    );
  });

  it('takes a field that was forced from whom it belonged to', () => {
    const { apply } = createCluster();
    apply('a', manifest(2));
    apply('b', manifest(5), true);

    expect(() => apply('a', manifest(2))).toThrow('conflict with "b"');
    expect(apply('b', manifest()).spec.replicas).toBe(1);
  });

  it('takes a field that an update has changed from who applied it', () => {
    const { apply, store } = createCluster();
    apply('a', manifest(2));
    store.patch(
      DEPLOYMENTS,
      'default',
      'web',
      { spec: { replicas: 7 } },
      { type: 'merge', fieldManager: 'scaler' },
    );

    expect(
      ownedBy(store.get(DEPLOYMENTS, 'default', 'web'), 'a'),
    ).not.toContain('f:replicas');
  });

  it('knows the item of a list by the defaults of keys that are left out', () => {
    const { apply } = createCluster();
    const exposed = (name: string) => {
      const body = manifest(2);
      const [container] = body.spec.template.spec.containers;
      Object.assign(container!, { ports: [{ name, containerPort: 80 }] });
      return body;
    };
    apply('a', exposed('web'));

    const renamed = apply('a', exposed('http'));

    expect(renamed.spec.template.spec.containers[0].ports).toEqual([
      { name: 'http', containerPort: 80, protocol: 'TCP' },
    ]);
  });
});

describe('server-side apply of what nobody has kept track of', () => {
  it('is in conflict with what was there before, also after an update', () => {
    const { apply, store } = createCluster();
    store.create(DEPLOYMENTS, manifest(2));
    const edited = store.patch(
      DEPLOYMENTS,
      'default',
      'web',
      { spec: { paused: true } },
      { type: 'merge', fieldManager: 'editor' },
    );

    expect(edited.metadata.managedFields).toBeUndefined();
    expect(() => apply('a', manifest(5))).toThrow(
      'conflict with "before-first-apply" using apps/v1: .spec.replicas',
    );
  });

  it('takes no managed fields from the applier', () => {
    const { apply } = createCluster();
    const { metadata, ...rest } = manifest(2);

    expect(() =>
      apply('a', { ...rest, metadata: { ...metadata, managedFields: [] } }),
    ).toThrow(
      expect.objectContaining({
        code: 400,
        message: 'metadata.managedFields must be nil',
      }),
    );
  });
});

describe('server-side apply of what kubectl has applied from its side', () => {
  const CONFIG_MAPS = { group: '', resource: 'configmaps' };
  const configMap = (x: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'default' },
    data: { x },
  });

  /** What `kubectl apply` leaves: the object, and a note of what was applied. */
  function applied(lastApplied = JSON.stringify(configMap('1'))) {
    const store = createClusterStore({ clock: createManualClock() });
    const { metadata, ...rest } = configMap('1');
    const annotations = { [LAST_APPLIED]: lastApplied };
    store.create(
      CONFIG_MAPS,
      { ...rest, metadata: { ...metadata, annotations } },
      { fieldManager: 'kubectl-client-side-apply' },
    );
    const apply = (fieldManager: string) =>
      store.patch(CONFIG_MAPS, 'default', 'a', configMap('2'), {
        type: 'apply',
        fieldManager,
      });
    const edit = (x: string) =>
      store.patch(
        CONFIG_MAPS,
        'default',
        'a',
        { data: { x } },
        { type: 'merge', fieldManager: 'editor' },
      );
    return { apply, edit };
  }

  it('goes over to kubectl without a conflict', () => {
    const { apply } = applied();

    const object = apply('kubectl');

    expect(object.data).toEqual({ x: '2' });
    expect(ownedBy(object, 'kubectl')).toContain('f:x');
    expect(ownedBy(object, 'kubectl-client-side-apply')).not.toContain('f:x');
  });

  it('does not go over to another applier', () => {
    expect(() => applied().apply('other')).toThrow(
      'conflict with "kubectl-client-side-apply" using v1: .data.x',
    );
  });

  it('keeps what somebody else has changed since', () => {
    const { apply, edit } = applied();
    edit('9');

    expect(() => apply('kubectl')).toThrow('conflict with "editor"');
  });

  it.each(['{}', 'by hand'])('is not known by the note %j', note => {
    expect(() => applied(note).apply('kubectl')).toThrow('1 conflict');
  });
});

describe('server-side apply of a status', () => {
  const withStatus = (replicas: number) => ({
    ...manifest(2),
    status: { replicas },
  });

  it('has no effect but through its subresource', () => {
    const { apply, store } = createCluster();
    apply('a', withStatus(7));
    const counted = store.patch(DEPLOYMENTS, 'default', 'web', withStatus(3), {
      type: 'apply',
      subresource: 'status',
      fieldManager: 'counter',
    });

    // No conflict with the counter either.
    const again = apply('a', withStatus(7));

    expect(again.status).toEqual({ replicas: 3 });
    expect(ownedBy(counted, 'a')).not.toContain('f:status');
    expect(ownedBy(counted, 'counter')).toContain('f:status');
    expect(ownedBy(counted, 'counter')).not.toContain('f:spec');
  });
});
