import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type {
  RolloutAction,
  RolloutResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiMoreFill } from '@remixicon/react';
import { lazy, Suspense, useId, useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import {
  arrangeActions,
  type ActionLock,
  type ArrangedAction,
} from './arrangeActions';
import { ProgressLine } from './ProgressLine';
import { useActionProgress } from './useActionProgress';
import styles from './ActionBar.module.css';

const ActionDialog = lazy(async () => ({
  default: (await import('./ActionDialog')).ActionDialog,
}));

/** At most two buttons and a menu; locked ones stay in place and say why. */
export const ActionBar = ({ rollout, access }: RolloutResponse) => {
  const { t } = useRolloutsTranslation();
  const reasonsId = useId();
  const [deciding, setDeciding] = useState<RolloutAction>();
  const { progress, accepted, dismiss } = useActionProgress(rollout);
  const { buttons, menu } = arrangeActions(rollout, access);
  const { name } = rollout.ref;

  const label = ({ action, view }: ArrangedAction) =>
    view?.label ?? t(`actions.name.${action}`);
  const why = ({ kind, text }: ActionLock) =>
    text ?? t(`actions.locked.${kind}`);
  const reasons = lockedInWords(buttons, why, (action, reason) =>
    t('actions.locked.reason', { action: label(action), reason }),
  );

  return (
    <div className={styles.bar}>
      <div
        className={styles.buttons}
        role="group"
        aria-label={t('actions.group', { name })}
      >
        {buttons.map(arranged => (
          <span
            key={arranged.action}
            title={arranged.lock && why(arranged.lock)}
          >
            <Button
              size="small"
              variant={arranged.view?.primary ? 'primary' : 'secondary'}
              destructive={arranged.action === 'abort'}
              isDisabled={arranged.lock !== undefined}
              aria-describedby={arranged.lock ? reasonsId : undefined}
              onPress={() => setDeciding(arranged.action)}
            >
              {label(arranged)}
            </Button>
          </span>
        ))}
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
            onAction={key =>
              setDeciding(menu.find(({ action }) => action === key)?.action)
            }
          >
            {menu.map(arranged => (
              <MenuItem
                key={arranged.action}
                id={arranged.action}
                isDisabled={arranged.lock !== undefined}
                color={arranged.view?.destructive ? 'danger' : 'primary'}
                textValue={label(arranged)}
              >
                <span className={styles.item}>
                  <span>{label(arranged)}</span>
                  {arranged.lock && (
                    <span className={styles.itemReason}>
                      {why(arranged.lock)}
                    </span>
                  )}
                </span>
              </MenuItem>
            ))}
          </Menu>
        </MenuTrigger>
      </div>
      <p id={reasonsId} className={styles.reasons}>
        {reasons}
      </p>
      <ProgressLine progress={progress} onDismiss={dismiss} />
      {deciding && (
        <Suspense fallback={undefined}>
          <ActionDialog
            key={deciding}
            rollout={rollout}
            action={deciding}
            onClose={() => setDeciding(undefined)}
            onInstead={setDeciding}
            onAccepted={answer => {
              setDeciding(undefined);
              accepted({ action: deciding, ...answer });
            }}
          />
        </Suspense>
      )}
    </div>
  );
};

/** One reason said once when it locks every button, else one per button. */
function lockedInWords(
  buttons: ArrangedAction[],
  why: (lock: ActionLock) => string,
  each: (action: ArrangedAction, reason: string) => string,
): string {
  const locked = buttons.flatMap(arranged =>
    arranged.lock ? [{ arranged, reason: why(arranged.lock) }] : [],
  );
  const distinct = [...new Set(locked.map(({ reason }) => reason))];
  return locked.length === buttons.length && distinct.length === 1
    ? distinct.join('')
    : locked.map(({ arranged, reason }) => each(arranged, reason)).join(' ');
}
