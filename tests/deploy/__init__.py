"""What ships presswatch to a machine is sound."""
