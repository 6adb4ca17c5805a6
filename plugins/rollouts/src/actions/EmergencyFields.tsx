import { Alert, Select } from '@backstage/ui';
import type {
  ActionLock,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { LockNotes } from '../approvals/LockNotes';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';

/** Loud: what is passed, who is told, and which of the locked actions it is. */
export const EmergencyFields = (props: {
  action: RolloutAction;
  choices: RolloutAction[];
  locks: ActionLock[];
  labelOf(action: RolloutAction): string;
  onChoose?(action: RolloutAction): void;
}) => {
  const { t } = useRolloutsTranslation();
  const { action, choices, locks, labelOf } = props;
  return (
    <>
      <Alert
        status="danger"
        icon
        title={t('approvals.emergency.warning')}
        description={
          <>
            <LockNotes locks={locks} />
            {t('approvals.emergency.told')}
          </>
        }
      />
      {choices.length > 1 && (
        <Select
          label={t('approvals.emergency.what')}
          options={choices.map(choice => ({
            value: choice,
            label: labelOf(choice),
          }))}
          value={action}
          onChange={value => {
            const chosen = choices.find(choice => choice === value);
            if (chosen) {
              props.onChoose?.(chosen);
            }
          }}
        />
      )}
    </>
  );
};
