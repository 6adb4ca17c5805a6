import {
  EntityInfoCard,
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import type { ActionBarProps } from '../actions/ActionBar';
import { readAddress } from '../address/readAddress';
import { useAddressed } from '../address/useAddressed';
import { ApprovalBadge } from '../approvals/ApprovalBadge';
import { ApprovalsError } from '../approvals/ApprovalsError';
import {
  relevantApprovals,
  type KnownApproval,
} from '../approvals/approvalState';
import { useEntityApprovals } from '../approvals/useEntityApprovals';
import { CardSkeleton } from '../card/CardSkeleton';
import {
  isRolloutsAvailable,
  ROLLOUTS_ANNOTATIONS,
} from '../entity/isRolloutsAvailable';
import { NoRollouts, ReadError } from '../entity/EntityRolloutsState';
import { useHistoryQuery } from '../history/useHistoryQuery';
import { rolloutKey } from '../live/entityRolloutsState';
import { useNow } from '../live/useNow';
import { useEntityRollouts } from '../live/useEntityRollouts';
import { LiveNotices } from '../status/LiveNotices';
import { PhaseBadge } from '../status/PhaseBadge';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { RolloutPanel } from './RolloutPanel';
import styles from './EntityRolloutsContent.module.css';

const HistoryView = lazy(async () => ({
  default: (await import('../history/HistoryView')).HistoryView,
}));

function AnnotatedContent({ entity }: { entity: Entity }) {
  const { t } = useRolloutsTranslation();
  const { query, change } = useHistoryQuery();
  const entityRef = stringifyEntityRef(entity);
  return (
    <div className={styles.views}>
      <Tabs
        selectedKey={query.view ?? 'now'}
        onSelectionChange={key =>
          change({ view: key === 'history' ? 'history' : undefined })
        }
      >
        <TabList
          aria-label={t('history.views.label', { name: entity.metadata.name })}
        >
          <Tab id="now">{t('history.views.now')}</Tab>
          <Tab id="history">{t('history.views.history')}</Tab>
        </TabList>
        <TabPanel id="now">
          <NowView entity={entity} />
        </TabPanel>
        <TabPanel id="history">
          <EntityInfoCard title={t('history.title')}>
            <Suspense fallback={<CardSkeleton />}>
              <HistoryView
                entityRef={entityRef}
                query={query}
                onQuery={change}
              />
            </Suspense>
          </EntityInfoCard>
        </TabPanel>
      </Tabs>
    </div>
  );
}

function NowView({ entity }: { entity: Entity }) {
  const { t } = useRolloutsTranslation();
  const rollouts = useEntityRollouts(stringifyEntityRef(entity));
  const { value } = rollouts;
  const now = useNow(60_000);
  const approvals = useEntityApprovals(stringifyEntityRef(entity), value);
  if (!value) {
    return (
      <EntityInfoCard title={t('title')}>
        {rollouts.error ? <ReadError {...rollouts} /> : <CardSkeleton />}
      </EntityInfoCard>
    );
  }
  return (
    <div className={styles.rollouts}>
      <LiveNotices connection={rollouts.connection} value={value} />
      <ApprovalsError error={approvals.error} />
      {value.rollouts.length === 0 && (
        <EntityInfoCard title={t('title')}>
          <NoRollouts entity={entity} value={value} />
        </EntityInfoCard>
      )}
      {value.rollouts.map(item => (
        <RolloutInFull
          key={rolloutKey(item.rollout.ref)}
          {...item}
          approvals={relevantApprovals(
            item.rollout,
            approvals.requests,
            now,
            readAddress(window.location).approval,
          )}
          onApprovals={approvals.again}
        />
      ))}
    </div>
  );
}

/** One of them, to which a link may lead. */
function RolloutInFull(props: ActionBarProps & { approvals: KnownApproval[] }) {
  const { rollout, approvals } = props;
  const { approval } = readAddress(window.location);
  // A request that the link names stands below its rollout's head.
  const leads = !approvals.some(({ id }) => id === approval);
  const card = useAddressed<HTMLDivElement>({
    rollout: leads ? rolloutKey(rollout.ref) : undefined,
  });
  return (
    <div ref={card} tabIndex={-1} className={styles.rollout}>
      <EntityInfoCard
        title={rollout.ref.name}
        headerActions={
          <>
            <ApprovalBadge requests={approvals} />
            <PhaseBadge rollout={rollout} />
          </>
        }
      >
        <RolloutPanel {...props} />
      </EntityInfoCard>
    </div>
  );
}

/** The rollouts of the entity in full, live. @public */
export const EntityRolloutsContent = () => {
  const { entity } = useEntity();
  return isRolloutsAvailable(entity) ? (
    <AnnotatedContent entity={entity} />
  ) : (
    <MissingAnnotationEmptyState annotation={ROLLOUTS_ANNOTATIONS} />
  );
};
