import { ROLLOUT_ACTIONS } from './actions/actions';
import { rolloutActionPermissions, rolloutPermissions } from './permissions';

it('has one permission per action, two for reading and three around approvals, all different', () => {
  const names = rolloutPermissions.map(permission => permission.name);
  expect(new Set(names).size).toBe(ROLLOUT_ACTIONS.length + 5);
});

it('asks about the catalog entity, so that its rules can decide', () => {
  for (const permission of Object.values(rolloutActionPermissions)) {
    expect(permission.resourceType).toBe('catalog-entity');
    expect(permission.attributes.action).toBe('update');
  }
});
