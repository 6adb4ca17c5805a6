import { BuiltinSchemas } from '../../kinds/builtinSchemas';
import { Manager } from './managers';
import { ApplyResult, serverSideApply } from './serverSideApply';
import { trackUpdate } from './trackUpdate';

const { lookup } = new BuiltinSchemas();
const schema = lookup('V1PodSpec');
const now = '2026-01-01T00:00:00Z';
const named = (manager: string, operation: Manager['operation']) => ({
  manager,
  operation,
  apiVersion: 'v1',
});

interface Applied {
  object: unknown;
  managers: Manager[];
}

const nothing: Applied = { object: undefined, managers: [] };

function apply(before: Applied, manager: string, applied: unknown): Applied {
  const result: ApplyResult = serverSideApply({
    schema,
    lookup,
    live: before.object,
    applied,
    managers: before.managers,
    applier: named(manager, 'Apply'),
    force: false,
    now,
  });
  if (result.kind === 'conflict') throw new Error('it was refused');
  return result;
}

/** A write that is no apply: what became different is the writer's. */
function update(before: Applied, manager: string, object: unknown): Applied {
  const { managers } = before;
  return {
    object,
    managers: trackUpdate(
      schema,
      before.object,
      object,
      managers,
      named(manager, 'Update'),
      now,
      lookup,
    ),
  };
}

describe('what an applier no longer sends', () => {
  it('goes', () => {
    const first = apply(nothing, 'a', {
      hostname: 'web',
      nodeSelector: { disk: 'ssd', zone: 'x' },
    });

    const { object } = apply(first, 'a', { nodeSelector: { disk: 'ssd' } });

    expect(object).toEqual({ nodeSelector: { disk: 'ssd' } });
  });

  it('goes from a list with what others have set in it', () => {
    const containers = (image: string) => ({
      containers: [{ name: 'c' }, { name: 'side', image, command: ['serve'] }],
    });
    const first = apply(nothing, 'a', containers('side:1'));
    const changed = update(first, 'image-updater', containers('side:2'));

    const { object, managers } = apply(changed, 'a', {
      containers: [{ name: 'c' }],
    });

    expect(object).toEqual({ containers: [{ name: 'c' }] });
    expect(
      managers.find(({ manager }) => manager === 'image-updater')?.fields.size,
    ).toBe(0);
  });

  it('stays around what somebody else has set in it', () => {
    const volumes = (volume: object) => ({
      volumes: [{ name: 'cache', ...volume }],
    });
    const first = apply(nothing, 'a', volumes({ emptyDir: {} }));
    const inMemory = volumes({ emptyDir: { medium: 'Memory' } });
    const second = apply(first, 'b', inMemory);

    expect(apply(second, 'a', volumes({})).object).toEqual(inMemory);
  });

  it('stays when it was empty, and is given contents now', () => {
    const volume = (emptyDir: object) => ({
      volumes: [{ name: 'cache', emptyDir }],
    });
    const first = apply(nothing, 'a', volume({}));

    const { object } = apply(first, 'a', volume({ medium: 'Memory' }));

    expect(object).toEqual(volume({ medium: 'Memory' }));
  });

  it('leaves nothing empty behind', () => {
    const first = apply(nothing, 'a', {
      hostname: 'web',
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'spot' }],
      containers: [{ name: 'c', resources: { limits: { cpu: '1' } } }],
    });

    const { object } = apply(first, 'a', {
      hostname: 'web',
      containers: [{ name: 'c' }],
    });

    expect(object).toEqual({ hostname: 'web', containers: [{ name: 'c' }] });
  });
});
