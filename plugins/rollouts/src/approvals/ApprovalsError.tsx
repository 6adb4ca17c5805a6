import { Alert } from '@backstage/ui';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';

/** Requests may be missing from the page, and why. */
export const ApprovalsError = ({ error }: { error: Error | undefined }) => {
  const { t } = useRolloutsTranslation();
  return error ? (
    <Alert
      status="warning"
      icon
      title={t('approvals.error', { message: error.message })}
    />
  ) : null;
};
