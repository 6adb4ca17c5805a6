import { canary } from '../__testUtils__/rollouts';
import type { EntitySelection } from '../entities/EntitySelection';
import { matchSelector } from './matchSelector';
import { parseAt } from './parseAt';
import { selectorSchema } from './selectorSchema';

const colors: EntitySelection = {
  entityRef: 'component:default/colors',
  ownerRefs: ['group:default/palette'],
  system: 'system:default/shop',
  type: 'service',
  lifecycle: 'production',
  labels: { tier: 'critical' },
};

function matches(
  written: unknown,
  change: { tier?: string; entities?: EntitySelection[] } = {},
) {
  return matchSelector(parseAt(selectorSchema, written, 'scope'))({
    cluster: 'eu-1',
    tier: 'production',
    rollout: canary({ metadata: { name: 'colors', namespace: 'demo' } }),
    entities: [colors],
    ...change,
  });
}

describe('a scope', () => {
  it.each([
    [{}, true],
    [{ cluster: 'eu-1' }, true],
    [{ cluster: ['us-1', 'eu-1'] }, true],
    [{ cluster: 'us-1' }, false],
    [{ namespace: 'demo', tier: 'production' }, true],
    [{ namespace: 'demo', tier: 'staging' }, false],
    [{ entity: { ref: 'colors' } }, true],
    [{ entity: { ref: 'search' } }, false],
    [{ entity: { owner: 'palette', type: 'service' } }, true],
    [{ entity: { owner: 'palette', type: 'website' } }, false],
    [{ entity: { system: 'Shop', lifecycle: 'production' } }, true],
    [{ entity: { labels: 'tier=critical' } }, true],
    [{ entity: { labels: 'tier notin (critical)' } }, false],
    [{ labels: 'team=a' }, false],
  ])('%j applies: %s', (written, expected) => {
    expect(matches(written)).toBe(expected);
  });

  it('of a tier does not hold where the cluster has none', () => {
    expect(matches({ tier: 'production' }, { tier: undefined })).toBe(false);
  });

  it('of entities does not hold for a rollout of none', () => {
    expect(matches({ entity: { owner: 'palette' } }, { entities: [] })).toBe(
      false,
    );
  });

  it('of two entity terms is not met by two entities together', () => {
    const other: EntitySelection = {
      entityRef: 'component:default/other',
      ownerRefs: ['group:default/thieves'],
      type: 'website',
    };
    expect(
      matches(
        { entity: { owner: 'palette', type: 'website' } },
        { entities: [colors, other] },
      ),
    ).toBe(false);
  });

  it.each([
    [{ clusters: 'eu-1' }, /^scope: Unrecognized key: "clusters"/],
    [{ tier: [] }, /^scope.tier: /],
    [{ labels: 'a=b=c' }, /^scope.labels: "a=b=c" is not a label selector/],
    [{ entity: { owner: ':' } }, /^scope.entity.owner: ":" is not an entity/],
    ['production', /^scope: /],
  ])('%j is refused with the field', (written, message) => {
    expect(() => matches(written)).toThrow(message);
  });
});
