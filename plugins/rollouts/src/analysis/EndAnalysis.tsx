import type { RolloutResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Button } from '@backstage/ui';
import { lazy, Suspense, useState } from 'react';
import { ProgressLine } from '../actions/ProgressLine';
import { useActionProgress } from '../actions/useActionProgress';
import { LockNotes } from '../approvals/LockNotes';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './AnalysisRunList.module.css';

const ActionDialog = lazy(async () => ({
  default: (await import('../actions/ActionDialog')).ActionDialog,
}));

/** Ends one running analysis, for those who may. */
export const EndAnalysis = (props: RolloutResponse & { run: string }) => {
  const { rollout, access, run } = props;
  const { t } = useRolloutsTranslation();
  const [open, setOpen] = useState(false);
  const { progress, accepted, dismiss } = useActionProgress(rollout);
  const action = 'terminate-analysis';
  const view = rollout.actions.find(known => known.action === action);
  if (!view?.applicable) {
    return null;
  }
  const { allowed, reason } = access[action];
  return (
    <div className={styles.end}>
      <Button
        size="small"
        variant="secondary"
        isDisabled={
          !allowed || rollout.stale !== undefined || view.locks !== undefined
        }
        onPress={() => setOpen(true)}
      >
        {view.label}
      </Button>
      {!allowed && (
        <span className={styles.quiet}>
          {reason ?? t('actions.locked.notPermitted')}
        </span>
      )}
      {allowed && view.locks && <LockNotes locks={view.locks} />}
      <ProgressLine progress={progress} onDismiss={dismiss} />
      {open && (
        <Suspense fallback={undefined}>
          <ActionDialog
            rollout={rollout}
            action={action}
            analysisRun={run}
            onClose={() => setOpen(false)}
            onInstead={() => setOpen(false)}
            onAccepted={answer => {
              setOpen(false);
              accepted({ action, ...answer });
            }}
          />
        </Suspense>
      )}
    </div>
  );
};
