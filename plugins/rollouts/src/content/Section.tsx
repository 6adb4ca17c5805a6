import type { ReactNode } from 'react';
import styles from './Section.module.css';

/** A titled part of the page; parts are divided by a line, not by boxes. */
export const Section = (props: { title: string; children: ReactNode }) => (
  <div className={styles.section}>
    <h4 className={styles.title}>{props.title}</h4>
    {props.children}
  </div>
);
