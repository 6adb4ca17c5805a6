import { VisuallyHidden } from '@backstage/ui';
import { Fragment } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { templateDiff, type DiffLine } from './templateDiff';
import styles from './TemplateDiffView.module.css';

const SIGN = { added: '+', removed: '−', same: ' ' };

/** Two pod templates, line by line. */
export const TemplateDiffView = (props: {
  from: string;
  to: string;
  label: string;
}) => {
  const { t } = useRolloutsTranslation();
  const { blocks, skippedAtEnd } = templateDiff(props.from, props.to);
  return (
    <div className={styles.diffBox}>
      <table className={styles.diff} aria-label={props.label}>
        <tbody>
          {blocks.map((block, i) => (
            <Fragment key={i}>
              <Skipped count={block.skipped} />
              {block.lines.map((line, j) => (
                <Line key={j} line={line} />
              ))}
            </Fragment>
          ))}
          <Skipped count={skippedAtEnd} />
        </tbody>
      </table>
    </div>
  );

  function Skipped({ count }: { count: number }) {
    return count > 0 ? (
      <tr className={styles.skipped}>
        <td colSpan={3}>
          {t('history.change.unchanged', { total: String(count) })}
        </td>
      </tr>
    ) : null;
  }

  function Line({ line }: { line: DiffLine }) {
    return (
      <tr data-kind={line.kind}>
        <td className={styles.number}>{line.from}</td>
        <td className={styles.number}>{line.to}</td>
        <td className={styles.text}>
          <span aria-hidden="true" className={styles.sign}>
            {SIGN[line.kind]}
          </span>
          {line.kind !== 'same' && (
            <VisuallyHidden>{t(`history.change.${line.kind}`)} </VisuallyHidden>
          )}
          {line.text}
        </td>
      </tr>
    );
  }
};
