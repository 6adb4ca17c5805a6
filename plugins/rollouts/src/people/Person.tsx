import { EntityRefLink } from '@backstage/plugin-catalog-react';

const ENTITY_REF = /^([^/:]+):[^/:]+\/[^/:]+$/;

export function isEntityRef(who: string): boolean {
  return ENTITY_REF.test(who);
}

/** A person or a group as a link to their page; what is no entity by its name. */
export const Person = ({ who }: { who: string }) =>
  isEntityRef(who) ? (
    // Whether it is a person or a group is plain from where it stands.
    <EntityRefLink
      entityRef={who}
      defaultKind={ENTITY_REF.exec(who)?.[1]}
      hideIcon
    />
  ) : (
    <>{who}</>
  );
