import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type {
  ActionDetails,
  ActionRequest,
  ActionResult,
  RolloutAction,
  RolloutDetail,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback, useState } from 'react';
import { rolloutsApiRef } from '../api/RolloutsApi';
import { useAskForApproval } from '../approvals/useAskForApproval';
import { LockNotes } from '../approvals/LockNotes';
import { keepUnits } from '../format/sentence';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { ActionMode } from './actionMode';
import {
  earlierRevisions,
  initialInput,
  inputProblem,
  type ActionInput,
} from './actionInput';
import { EmergencyFields } from './EmergencyFields';
import { PatchPreview } from './PatchPreview';
import { ReasonField } from './ReasonField';
import { SetImageFields } from './SetImageFields';
import { UndoFields } from './UndoFields';
import { otherRevision } from './otherRevision';
import { useActionDecision } from './useActionDecision';
import styles from './ActionDialog.module.css';

export interface ActionDialogProps {
  rollout: RolloutDetail;
  action: RolloutAction;
  mode?: ActionMode;
  /** What an approval that unlocked the action was about. */
  approved?: ActionDetails;
  /** `emergency`: the other actions that it could be. */
  choices?: RolloutAction[];
  onChoose?(action: RolloutAction): void;
  /** `ask`: the request is there. */
  onAsked?(): void;
  /** `terminate-analysis`: the run to end. */
  analysisRun?: string;
  onClose(): void;
  /** The cluster has accepted the write. */
  onAccepted(accepted: {
    input: ActionInput;
    seen: RolloutDetail;
    label: string;
    result: ActionResult;
  }): void;
  /** The refusal named another action that would help. */
  onInstead(action: RolloutAction): void;
}

/** Confirms one action: what will happen, what it takes, and one button that repeats the verb. */
export const ActionDialog = (props: ActionDialogProps) => {
  const { rollout, action, onClose, mode = 'act' } = props;
  const { t } = useRolloutsTranslation();
  const api = useApi(rolloutsApiRef);
  const askForApproval = useAskForApproval();
  const send = useCallback(
    async (ref: RolloutRef, request: ActionRequest) => {
      if (mode !== 'ask') {
        return api.act(ref, action, request);
      }
      await askForApproval(ref, action, request);
      return 'asked' as const;
    },
    [api, askForApproval, action, mode],
  );
  const decision = useActionDecision(rollout, action, send);
  const { seen, error } = decision;
  const [input, setInput] = useState<ActionInput>(() => ({
    ...initialInput(action, rollout, props.analysisRun, props.approved),
    ...(mode === 'emergency' ? { emergency: true } : {}),
  }));
  const problem = inputProblem(action, input, seen);
  const [image] = input.images ?? [];
  const view = seen.actions.find(known => known.action === action);
  const other = otherRevision(seen, action, input, t);
  const label = other?.label ?? view?.label ?? t(`actions.name.${action}`);
  const consequences = other?.consequences ?? view?.consequences ?? [];
  const locks = view?.locks ?? [];
  const instead = error?.refusal?.instead;
  const title = {
    act: () => t('actions.confirm.title', { label, name: seen.ref.name }),
    ask: () => t('approvals.action.askFor', { label }),
    emergency: () => t('approvals.emergency.title', { label }),
  }[mode];
  const verb = {
    act: () => label,
    ask: () => t('approvals.action.ask'),
    emergency: () => t('approvals.emergency.confirm', { label }),
  }[mode];

  const confirm = async () => {
    const result = await decision.ask(input);
    if (result === 'asked') {
      props.onAsked?.();
    } else if (result) {
      props.onAccepted({ input, seen, label, result });
    }
  };

  return (
    <Dialog
      isOpen
      isDismissable={!decision.asking}
      onOpenChange={open => {
        if (!open) {
          onClose();
        }
      }}
      width={560}
    >
      <DialogHeader>{title()}</DialogHeader>
      <DialogBody>
        <div className={styles.body}>
          {mode === 'emergency' && (
            <EmergencyFields
              action={action}
              choices={props.choices ?? [action]}
              locks={locks}
              labelOf={known =>
                seen.actions.find(each => each.action === known)?.label ??
                t(`actions.name.${known}`)
              }
              onChoose={props.onChoose}
            />
          )}
          {image && (
            <SetImageFields
              images={seen.images}
              value={image}
              onChange={value => setInput({ ...input, images: [value] })}
              problem={problem}
            />
          )}
          {action === 'undo' && (
            <UndoFields
              revisions={earlierRevisions(seen)}
              value={input.toRevision}
              onChange={toRevision => setInput({ ...input, toRevision })}
            />
          )}
          <section>
            <h3 className={styles.heading}>
              {t('actions.confirm.consequences')}
            </h3>
            {consequences.length > 0 ? (
              <ul className={styles.consequences}>
                {consequences.map(text => (
                  <li key={text}>{keepUnits(text)}</li>
                ))}
              </ul>
            ) : (
              <p className={styles.plain}>{t('actions.confirm.unknown')}</p>
            )}
          </section>
          {mode === 'ask' && (
            <section>
              <h3 className={styles.heading}>{t('approvals.ask.who')}</h3>
              <LockNotes locks={locks} />
            </section>
          )}
          {(action === 'abort' || mode !== 'act') && (
            <ReasonField
              mode={mode}
              value={input.reason ?? ''}
              onChange={reason =>
                setInput({ ...input, reason: reason || undefined })
              }
            />
          )}
          {mode !== 'ask' && (
            <PatchPreview
              load={() => decision.preview(input)}
              of={JSON.stringify([seen.version, input])}
              isDisabled={problem !== undefined}
            />
          )}
          {decision.changed && (
            <Alert
              status="warning"
              icon
              title={t('actions.confirm.changed')}
              customActions={
                <Button
                  size="small"
                  variant="secondary"
                  onPress={decision.adopt}
                >
                  {t('actions.confirm.adopt')}
                </Button>
              }
            />
          )}
          {error && (
            <div role="alert">
              <Alert
                status="danger"
                icon
                title={error.message}
                description={
                  error.refusal?.remedy ??
                  (error.status === 0
                    ? t('actions.confirm.noAnswer')
                    : undefined)
                }
                customActions={
                  instead ? (
                    <Button
                      size="small"
                      variant="secondary"
                      onPress={() => props.onInstead(instead)}
                    >
                      {t('actions.progress.instead', {
                        action: t(`actions.name.${instead}`),
                      })}
                    </Button>
                  ) : undefined
                }
              />
            </div>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive={view?.destructive || mode === 'emergency'}
          isDisabled={problem !== undefined || decision.changed}
          isPending={decision.asking}
          onPress={confirm}
        >
          {verb()}
        </Button>
        <Button
          variant="secondary"
          isDisabled={decision.asking}
          onPress={onClose}
        >
          {t('actions.confirm.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
