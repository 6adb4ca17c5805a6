import {
  EntityInfoCard,
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { ApprovalBadge } from '../approvals/ApprovalBadge';
import { ApprovalsError } from '../approvals/ApprovalsError';
import { relevantApprovals } from '../approvals/approvalState';
import { useEntityApprovals } from '../approvals/useEntityApprovals';
import {
  isRolloutsAvailable,
  ROLLOUTS_ANNOTATIONS,
} from '../entity/isRolloutsAvailable';
import { NoRollouts, ReadError } from '../entity/EntityRolloutsState';
import { rolloutKey } from '../live/entityRolloutsState';
import { useNow } from '../live/useNow';
import { useEntityRollouts } from '../live/useEntityRollouts';
import { LiveNotices } from '../status/LiveNotices';
import { PhaseBadge } from '../status/PhaseBadge';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { CardSkeleton } from './CardSkeleton';
import { RolloutBrief } from './RolloutBrief';
import styles from './EntityRolloutsCard.module.css';

/** The rollouts of the entity at a glance, live. @public */
export const EntityRolloutsCard = () => {
  const { entity } = useEntity();
  return isRolloutsAvailable(entity) ? (
    <AnnotatedCard entity={entity} />
  ) : (
    <MissingAnnotationEmptyState annotation={ROLLOUTS_ANNOTATIONS} />
  );
};

function AnnotatedCard({ entity }: { entity: Entity }) {
  const { t } = useRolloutsTranslation();
  const rollouts = useEntityRollouts(stringifyEntityRef(entity));
  const { value } = rollouts;
  const now = useNow(60_000);
  const approvals = useEntityApprovals(stringifyEntityRef(entity), value);
  const [only, ...more] = value?.rollouts ?? [];
  const single = only && more.length === 0 ? only : undefined;

  if (!value) {
    return (
      <EntityInfoCard title={t('title')}>
        {rollouts.error ? <ReadError {...rollouts} /> : <CardSkeleton />}
      </EntityInfoCard>
    );
  }
  return (
    <EntityInfoCard
      title={single ? single.rollout.ref.name : t('title')}
      headerActions={
        single && (
          <>
            <ApprovalBadge
              requests={relevantApprovals(
                single.rollout,
                approvals.requests,
                now,
              )}
            />
            <PhaseBadge rollout={single.rollout} />
          </>
        )
      }
    >
      <div className={styles.rollouts}>
        <LiveNotices connection={rollouts.connection} value={value} />
        <ApprovalsError error={approvals.error} />
        {value.rollouts.length === 0 && (
          <NoRollouts entity={entity} value={value} />
        )}
        {value.rollouts.map(item => (
          <section
            key={rolloutKey(item.rollout.ref)}
            className={styles.rollout}
            aria-label={item.rollout.ref.name}
          >
            {!single && (
              <header className={styles.header}>
                <h4 className={styles.name}>{item.rollout.ref.name}</h4>
                <span className={styles.badges}>
                  <ApprovalBadge
                    requests={relevantApprovals(
                      item.rollout,
                      approvals.requests,
                      now,
                    )}
                  />
                  <PhaseBadge rollout={item.rollout} />
                </span>
              </header>
            )}
            <RolloutBrief
              {...item}
              approvals={relevantApprovals(
                item.rollout,
                approvals.requests,
                now,
              )}
              onApprovals={approvals.again}
            />
          </section>
        ))}
      </div>
    </EntityInfoCard>
  );
}
