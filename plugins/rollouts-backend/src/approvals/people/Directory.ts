import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ApprovalDelegates } from '@progressive-delivery/backstage-plugin-rollouts-node';

const DEEPEST = 20;

/** What a person is, with what delegates and rotas say. */
export interface Standing {
  /** The person, their groups and the groups above those. */
  own: ReadonlySet<string>;
  /** For whom they stand in now, with what that one is. */
  represented: { ref: string; reason: string; is: ReadonlySet<string> }[];
}

/**
 * People and groups, as the catalog has them now. A person's groups are found
 * from the person upward, so that the size of a group does not matter.
 */
export class Directory {
  constructor(
    private readonly options: {
      catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
      auth: Pick<AuthService, 'getOwnServiceCredentials'>;
      delegates: readonly ApprovalDelegates[];
    },
  ) {}

  /** @throws when the catalog or a delegates' source does not answer */
  async standing(userRef: string): Promise<Standing> {
    const said = await Promise.all(
      this.options.delegates.map(each => each.representedBy(userRef)),
    );
    return {
      own: await this.#upward(userRef),
      represented: await Promise.all(
        said
          .flat()
          .filter(({ ref }) => ref !== userRef)
          .map(async each => ({ ...each, is: await this.#upward(each.ref) })),
      ),
    };
  }

  /** The owners of entities, by ref; those that do not exist are not in it. */
  async owners(refs: readonly string[]): Promise<Map<string, string[]>> {
    const entities = await this.#entities(refs);
    return new Map(
      [...entities].map(([ref, entity]) => [
        ref,
        related(entity, RELATION_OWNED_BY),
      ]),
    );
  }

  /** Which of these do not exist. */
  async missing(refs: readonly string[]): Promise<Set<string>> {
    const entities = await this.#entities(refs);
    return new Set(refs.filter(ref => !entities.has(ref)));
  }

  async #upward(ref: string): Promise<ReadonlySet<string>> {
    const found = new Set([ref]);
    let level = [ref];
    for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
      const entities = await this.#entities(level);
      level = [...entities.values()]
        .flatMap(entity => [
          ...related(entity, RELATION_MEMBER_OF),
          ...related(entity, RELATION_CHILD_OF),
        ])
        .filter(each => !found.has(each));
      level.forEach(each => found.add(each));
    }
    return found;
  }

  async #entities(refs: readonly string[]): Promise<Map<string, Entity>> {
    const unique = [...new Set(refs)];
    if (unique.length === 0) {
      return new Map();
    }
    const { catalog, auth } = this.options;
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: unique,
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return new Map(
      unique.flatMap((ref, index) => {
        const entity = items[index];
        return entity ? [[ref, entity] as const] : [];
      }),
    );
  }
}

function related(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}
