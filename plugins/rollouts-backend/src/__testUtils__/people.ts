import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';

/** The header of a request by a user of the namespace `default`. */
export function as(name: string): string {
  return mockCredentials.user.header(`user:default/${name}`);
}

/** A user in groups of the namespace `default`. */
export function user(name: string, ...groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: groups },
    relations: groups.map(each => ({
      type: 'memberOf',
      targetRef: `group:default/${each}`,
    })),
  };
}

/** A group, below another one when `parent` is given. */
export function group(name: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: parent
      ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
      : [],
  };
}

/** A user-info service by which everybody owns what their groups own. */
export function ownershipOf(people: readonly Entity[]) {
  return createServiceFactory({
    service: coreServices.userInfo,
    deps: {},
    factory: () => ({
      async getUserInfo({ principal }) {
        const { userEntityRef } = principal as { userEntityRef: string };
        const entity = people.find(
          ({ kind, metadata }) =>
            kind === 'User' && userEntityRef.endsWith(`/${metadata.name}`),
        );
        return {
          userEntityRef,
          ownershipEntityRefs: [
            userEntityRef,
            ...(entity?.relations ?? []).map(({ targetRef }) => targetRef),
          ],
        };
      },
    }),
  });
}
