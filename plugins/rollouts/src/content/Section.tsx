import { useId, type ReactNode } from 'react';
import styles from './Section.module.css';

/** A titled part of the page; parts are divided by a line, not by boxes. */
export const Section = (props: { title: string; children: ReactNode }) => {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h4 id={id} className={styles.title}>
        {props.title}
      </h4>
      {props.children}
    </section>
  );
};
