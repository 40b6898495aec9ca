/** Every statement a storage needs, by name. */
export interface SqlStatements {
  readonly livingByName: string;
  readonly living: string;
  readonly studyById: string;
  readonly insertStudy: string;
  readonly deleteStudy: string;
  readonly insertEvent: string;
  readonly eventsBetween: string;
  readonly newestRevision: string;
  readonly oldestRevision: string;
  readonly oldestEvents: string;
  readonly dropEvents: string;
  readonly runsBetween: string;
  readonly insertRun: string;
  readonly lease: string;
  readonly renewLease: string;
  readonly dropOldLeases: string;
  readonly tuningTime: string;
  readonly setTuningTime: string;
  readonly snapshot: string;
  readonly snapshotRevision: string;
  readonly setSnapshot: string;
  readonly snapshotBlocks: string;
  readonly snapshotBlock: string;
  readonly blockKeys: string;
  readonly insertBlock: string;
  readonly dropBlock: string;
}

const SUMMARY =
  "SELECT study.id AS id, study.name AS name, study.created_at AS created_at, " +
  "(SELECT MAX(revision) FROM event WHERE event.study = study.id) AS revision FROM study";

/** The statements, with the n-th parameter (from 1) spelled as the database wants it. */
export function sqlStatements(p: (n: number) => string): SqlStatements {
  return {
    livingByName: `${SUMMARY} WHERE name = ${p(1)} AND deleted_at IS NULL`,
    living: `${SUMMARY} WHERE deleted_at IS NULL ORDER BY id`,
    studyById: `SELECT id FROM study WHERE id = ${p(1)}`,
    insertStudy: `INSERT INTO study (name, created_at) VALUES (${p(1)}, ${p(2)}) RETURNING id`,
    deleteStudy: `UPDATE study SET deleted_at = ${p(2)} WHERE id = ${p(1)}`,
    insertEvent: `INSERT INTO event (study, revision, at, body) VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)})`,
    eventsBetween: `SELECT revision, at, body FROM event WHERE study = ${p(1)} AND revision > ${p(2)} AND revision <= ${p(3)} ORDER BY revision`,
    newestRevision: `SELECT MAX(revision) AS revision FROM event WHERE study = ${p(1)}`,
    oldestRevision: `SELECT MIN(revision) AS revision FROM event WHERE study = ${p(1)}`,
    oldestEvents: `SELECT revision, at, body FROM event WHERE study = ${p(1)} ORDER BY revision LIMIT ${p(2)}`,
    dropEvents: `DELETE FROM event WHERE study = ${p(1)} AND revision <= ${p(2)}`,
    runsBetween: `SELECT first, last, body FROM event_run WHERE study = ${p(1)} AND last > ${p(2)} AND first <= ${p(3)} ORDER BY first`,
    insertRun: `INSERT INTO event_run (study, first, last, body) VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)})`,
    lease: `SELECT renewed, expires FROM lease WHERE study = ${p(1)} AND token = ${p(2)}`,
    renewLease:
      `INSERT INTO lease (study, token, renewed, expires) VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}) ` +
      "ON CONFLICT (study, token) DO UPDATE SET renewed = excluded.renewed, expires = excluded.expires",
    dropOldLeases: `DELETE FROM lease WHERE study = ${p(1)} AND expires < ${p(2)}`,
    tuningTime: `SELECT total, last FROM tuning_time WHERE study = ${p(1)}`,
    setTuningTime:
      `INSERT INTO tuning_time (study, total, last) VALUES (${p(1)}, ${p(2)}, ${p(3)}) ` +
      "ON CONFLICT (study) DO UPDATE SET total = excluded.total, last = excluded.last",
    snapshot: `SELECT revision, body FROM snapshot WHERE study = ${p(1)} AND format = ${p(2)}`,
    snapshotRevision: `SELECT revision FROM snapshot WHERE study = ${p(1)} AND format = ${p(2)}`,
    setSnapshot:
      `INSERT INTO snapshot (study, format, revision, body) VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}) ` +
      "ON CONFLICT (study) DO UPDATE SET format = excluded.format, revision = excluded.revision, body = excluded.body",
    snapshotBlocks:
      `SELECT body FROM snapshot_block AS one WHERE study = ${p(1)} AND revision = (SELECT MAX(revision) FROM snapshot_block ` +
      `WHERE study = ${p(1)} AND block = one.block AND revision <= ${p(2)}) AND block >= ${p(3)} AND block < ${p(4)} ORDER BY block`,
    snapshotBlock: `SELECT body FROM snapshot_block WHERE study = ${p(1)} AND block = ${p(2)} AND revision <= ${p(3)} ORDER BY revision DESC LIMIT 1`,
    blockKeys: `SELECT block, revision FROM snapshot_block WHERE study = ${p(1)} ORDER BY block, revision`,
    insertBlock:
      `INSERT INTO snapshot_block (study, block, revision, body) VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}) ` +
      "ON CONFLICT (study, block, revision) DO UPDATE SET body = excluded.body",
    dropBlock: `DELETE FROM snapshot_block WHERE study = ${p(1)} AND block = ${p(2)} AND revision = ${p(3)}`,
  };
}
