when title contains "CEO add 10
when `Lead = 1 add 1
when `` = 1 add 1
score fit {
  when a add 1

when b add 2
}
}
when c = 1 add 1
when d = "a‮b" add 1
when e add 123456789012345
when event x add 1 at most 2.5 times
when ((((((((((((((((((((((((((((((((((((f)))))))))))))))))))))))))))))))))))) add 1
when g add 1
