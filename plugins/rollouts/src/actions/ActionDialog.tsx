import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import type {
  ActionResult,
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import {
  earlierRevisions,
  initialInput,
  inputProblem,
  type ActionInput,
} from './actionInput';
import { PatchPreview } from './PatchPreview';
import { SetImageFields } from './SetImageFields';
import { UndoFields } from './UndoFields';
import { useActionDecision } from './useActionDecision';
import styles from './ActionDialog.module.css';

export interface ActionDialogProps {
  rollout: RolloutDetail;
  action: RolloutAction;
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
  const { rollout, action, onClose } = props;
  const { t } = useRolloutsTranslation();
  const decision = useActionDecision(rollout, action);
  const { seen, error } = decision;
  const [input, setInput] = useState(() =>
    initialInput(action, rollout, props.analysisRun),
  );
  const problem = inputProblem(action, input, seen);
  const [image] = input.images ?? [];
  const view = seen.actions.find(known => known.action === action);
  const label = view?.label ?? t(`actions.name.${action}`);
  const consequences = view?.consequences ?? [];
  const instead = error?.refusal?.instead;

  const confirm = async () => {
    const result = await decision.ask(input);
    if (result) {
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
      <DialogHeader>
        {t('actions.confirm.title', { label, name: seen.ref.name })}
      </DialogHeader>
      <DialogBody>
        <div className={styles.body}>
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
                  <li key={text}>{text}</li>
                ))}
              </ul>
            ) : (
              <p className={styles.plain}>{t('actions.confirm.unknown')}</p>
            )}
          </section>
          {action === 'abort' && (
            <TextField
              label={t('actions.confirm.reason')}
              description={t('actions.confirm.reasonHint')}
              value={input.reason ?? ''}
              onChange={reason =>
                setInput({ ...input, reason: reason || undefined })
              }
              maxLength={500}
            />
          )}
          <PatchPreview
            load={() => decision.preview(input)}
            of={JSON.stringify([seen.version, input])}
            isDisabled={problem !== undefined}
          />
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
          destructive={view?.destructive}
          isDisabled={problem !== undefined || decision.changed}
          isPending={decision.asking}
          onPress={confirm}
        >
          {label}
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
