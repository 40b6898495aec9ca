# Takes 20 MB more every 20 ms, for ever.
$| = 1;
print "step 1 loss=$ARGV[0]\n";
my @hold;
while (1) { push @hold, "x" x 20_000_000 . scalar @hold; select(undef, undef, undef, 0.02); }
