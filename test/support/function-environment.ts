/** Lets functions' own code run in this process against a database of the test's. @returns what ends it. */
export function runAsFunction(databaseUrl: string): () => void {
  const before = { ...process.env };
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: 'local-env',
    TENCENTCLOUD_SECRETID: 'id',
    TENCENTCLOUD_SECRETKEY: 'key',
    SILENCE: 'true',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: databaseUrl }),
  });
  return () => {
    process.env = before;
  };
}
