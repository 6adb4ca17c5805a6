import {
  ClusterStore,
  createClusterStore,
} from '../../operations/createClusterStore';
import { createManualClock, ManualClock } from '../../testing/manualClock';
import { startControllers } from '../startControllers';

const NAMESPACES = { group: '', resource: 'namespaces' };
const SERVICE_ACCOUNTS = { group: '', resource: 'serviceaccounts' };
const CONFIG_MAPS = { group: '', resource: 'configmaps' };

describe('what every namespace has', () => {
  let api: ClusterStore;
  let clock: ManualClock;
  let stop: () => void;

  beforeEach(() => {
    clock = createManualClock();
    api = createClusterStore({ clock });
    stop = startControllers({
      api,
      kinds: api.context.kinds,
      clock,
      log: message => {
        throw new Error(message);
      },
      caCertificate: 'PEM',
    });
  });

  afterEach(() => stop());

  const root = (namespace: string) =>
    api.find(CONFIG_MAPS, namespace, 'kube-root-ca.crt')?.data;
  const account = (namespace: string) =>
    api.find(SERVICE_ACCOUNTS, namespace, 'default');

  const createNamespace = (name: string) =>
    api.create(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });

  it('comes with the namespace, also with those that exist already', async () => {
    createNamespace('new');
    await clock.advance(0);

    for (const namespace of ['default', 'new']) {
      expect(root(namespace)).toEqual({ 'ca.crt': 'PEM' });
      expect(account(namespace)).toBeDefined();
    }
  });

  it('comes back when it is deleted or changed', async () => {
    await clock.advance(0);
    api.delete(SERVICE_ACCOUNTS, 'default', 'default');
    api.patch(
      CONFIG_MAPS,
      'default',
      'kube-root-ca.crt',
      { data: { 'ca.crt': 'other' } },
      { type: 'merge' },
    );
    await clock.advance(0);

    expect(account('default')).toBeDefined();
    expect(root('default')).toEqual({ 'ca.crt': 'PEM' });
  });

  it('goes with the namespace', async () => {
    createNamespace('new');
    await clock.advance(0);
    api.delete(NAMESPACES, undefined, 'new');
    await clock.advance(1000);

    expect(api.find(NAMESPACES, undefined, 'new')).toBeUndefined();
    expect(account('new')).toBeUndefined();
    expect(root('new')).toBeUndefined();
  });
});
