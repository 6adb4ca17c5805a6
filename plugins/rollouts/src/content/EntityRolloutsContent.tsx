import { EntityRolloutsCard } from '../card/EntityRolloutsCard';

/** The entity's rollouts in full. @public */
export const EntityRolloutsContent = () => <EntityRolloutsCard />;
