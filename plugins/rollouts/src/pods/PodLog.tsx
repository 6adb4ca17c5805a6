import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import type { RolloutRef } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback, useEffect, useState } from 'react';
import { rolloutsApiRef } from '../api/RolloutsApi';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './PodLog.module.css';

type LogState =
  | { state: 'loading' }
  | { state: 'loaded'; text: string }
  | { state: 'failed'; message: string };

/** The end of a pod's log. */
export const PodLog = (props: {
  rollout: RolloutRef;
  pod: string;
  onClose(): void;
}) => {
  const { rollout, pod, onClose } = props;
  const { cluster, namespace, name } = rollout;
  const { t } = useRolloutsTranslation();
  const api = useApi(rolloutsApiRef);
  const [round, setRound] = useState(0);
  const [log, setLog] = useState<LogState>({ state: 'loading' });
  const again = useCallback(() => setRound(n => n + 1), []);

  useEffect(() => {
    const stop = new AbortController();
    setLog({ state: 'loading' });
    api
      .getPodLog({ cluster, namespace, name }, pod, { signal: stop.signal })
      .then(
        text => setLog({ state: 'loaded', text }),
        (error: Error) => {
          if (!stop.signal.aborted) {
            setLog({ state: 'failed', message: error.message });
          }
        },
      );
    return () => stop.abort();
  }, [api, cluster, namespace, name, pod, round]);

  return (
    <Dialog
      isOpen
      isDismissable
      width={800}
      onOpenChange={open => {
        if (!open) {
          onClose();
        }
      }}
    >
      <DialogHeader>{t('pods.log.title', { pod })}</DialogHeader>
      <DialogBody>
        {log.state === 'loading' && (
          <LinearProgress aria-label={t('pods.log.loading')} />
        )}
        {log.state === 'failed' && (
          <div role="alert">
            <Alert
              status="danger"
              icon
              title={t('pods.log.error', { message: log.message })}
            />
          </div>
        )}
        {log.state === 'loaded' &&
          (log.text === '' ? (
            <p>{t('pods.log.empty')}</p>
          ) : (
            <pre className={styles.log}>{log.text}</pre>
          ))}
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isDisabled={log.state === 'loading'}
          onPress={again}
        >
          {t('pods.log.again')}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {t('pods.log.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
