import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type {
  AccessView,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiMoreFill } from '@remixicon/react';
import { withNames } from '../people/withNames';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { ActionMode } from './actionMode';
import { mayAsk, type ActionLock, type ArrangedAction } from './arrangeActions';
import styles from './ActionBar.module.css';

const EMERGENCY = 'emergency';

/** The rest of the actions; one that only lacks approval offers to ask for it. */
export const ActionMenu = (props: {
  name: string;
  menu: ArrangedAction[];
  access: AccessView;
  /** Something that an emergency may pass, for who may. */
  emergency?: RolloutAction;
  label(arranged: ArrangedAction): string;
  why(lock: ActionLock): string;
  onChoose(action: RolloutAction, mode: ActionMode): void;
}) => {
  const { name, menu, access, emergency, label, why } = props;
  const { t } = useRolloutsTranslation();
  const items = menu.map(arranged => ({
    ...arranged,
    asks: mayAsk(arranged, access),
  }));
  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        iconEnd={<RiMoreFill />}
        aria-label={t('actions.menu', { name })}
      >
        {t('actions.menuShort')}
      </Button>
      <Menu
        aria-label={t('actions.menu', { name })}
        onAction={key => {
          const chosen = items.find(({ action }) => action === key);
          if (chosen) {
            props.onChoose(chosen.action, chosen.asks ? 'ask' : 'act');
          } else if (key === EMERGENCY && emergency) {
            props.onChoose(emergency, 'emergency');
          }
        }}
      >
        {[
          ...items.map(arranged => {
            const { action, lock, asks, view } = arranged;
            const words = asks
              ? t('approvals.action.askFor', { label: label(arranged) })
              : label(arranged);
            return (
              <MenuItem
                key={action}
                id={action}
                className={styles.menuItem}
                isDisabled={lock !== undefined && !asks}
                color={view?.destructive ? 'danger' : 'primary'}
                textValue={words}
              >
                <span className={styles.item}>
                  <span>{words}</span>
                  {lock && (
                    <span className={styles.itemReason}>
                      {withNames(why(lock))}
                    </span>
                  )}
                </span>
              </MenuItem>
            );
          }),
          ...(emergency
            ? [
                <MenuItem
                  key={EMERGENCY}
                  id={EMERGENCY}
                  className={styles.menuItem}
                  color="danger"
                  textValue={t('approvals.action.emergency')}
                >
                  {t('approvals.action.emergency')}
                </MenuItem>,
              ]
            : []),
        ]}
      </Menu>
    </MenuTrigger>
  );
};
