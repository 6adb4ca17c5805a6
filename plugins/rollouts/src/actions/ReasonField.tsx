import { TextAreaField, TextField } from '@backstage/ui';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { ActionMode } from './actionMode';

/** Words for the record; only an emergency demands them. */
export const ReasonField = (props: {
  mode: ActionMode;
  value: string;
  onChange(value: string): void;
}) => {
  const { mode, value, onChange } = props;
  const { t } = useRolloutsTranslation();
  if (mode === 'act') {
    return (
      <TextField
        label={t('actions.confirm.reason')}
        description={t('actions.confirm.reasonHint')}
        value={value}
        onChange={onChange}
        maxLength={500}
      />
    );
  }
  const asks = mode === 'ask';
  return (
    <TextAreaField
      label={t(asks ? 'approvals.ask.message' : 'approvals.emergency.reason')}
      description={t(
        asks ? 'approvals.ask.messageHint' : 'approvals.emergency.reasonHint',
      )}
      isRequired={!asks}
      rows={2}
      value={value}
      onChange={onChange}
      maxLength={2000}
    />
  );
};
