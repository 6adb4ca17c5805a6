import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';

/** That rows stand still while somebody is among them, and a way to let go. */
export const HeldNotice = (props: { changes: number; onRelease(): void }) => {
  const { t } = useRolloutsTranslation();
  return props.changes === 0 ? null : (
    <span>
      {t('fleet.held', { count: props.changes })}{' '}
      <Button
        size="small"
        variant="tertiary"
        iconStart={<RiRefreshLine />}
        onPress={props.onRelease}
      >
        {t('fleet.heldApply')}
      </Button>
    </span>
  );
};
